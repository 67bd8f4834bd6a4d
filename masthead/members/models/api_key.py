"""A key with which a program of somebody else's asks the publication's API."""

import secrets
from typing import ClassVar, Self

from django.db import models

from masthead.members.models.member import Member


def new_key_id() -> str:
    """Make 24 random hex digits: the public part of a key, in the form that Ghost's clients check for."""
    return secrets.token_hex(12)


class KeyKind(models.TextChoices):
    """What a key opens: what anyone may see, or all that an integration of the staff may do."""

    CONTENT = "content", "Content"
    ADMIN = "admin", "Admin"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def working(self) -> Self:
        """Keys that nobody has revoked."""
        return self.filter(revoked_at=None)


class ApiKey(models.Model):
    """A key by its name. The key itself stands in no table: a content key only as its hash, an admin key not at all."""

    public_id = models.CharField(max_length=24, unique=True, default=new_key_id, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KeyKind.choices, default=KeyKind.CONTENT)
    key_hash = models.CharField(max_length=64, unique=True, null=True, help_text="SHA-256 of a content key")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(
        null=True, blank=True, help_text="to the day, so that using a key writes once a day"
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"], condition=models.Q(revoked_at=None), name="working_key_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
