"""A browser in which a member is signed in."""

from django.db import models

from masthead.core.ids import new_public_id
from masthead.members.models.member import Member


class Device(models.Model):
    """One session of one member; signing the device out deletes the session."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True, help_text="hashed, as the session's own row is")
    browser = models.CharField(max_length=80, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.browser} of {self.member_id}"
