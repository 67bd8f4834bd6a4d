"""What is kept of a deleted member: that there was one."""

from django.db import models


class Tombstone(models.Model):
    """A deleted member's id and hashed address, so that a restored backup does not bring them back."""

    member_id = models.BigIntegerField(unique=True)
    email_hash = models.CharField(max_length=64, db_index=True)
    deleted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"member {self.member_id}"
