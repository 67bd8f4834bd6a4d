"""A saved state of a post, never changed. Sealed."""

from typing import ClassVar

from django.db import models

from masthead.content.models.fields import PostFields
from masthead.content.models.post import Post
from masthead.members.models import Member


class Revision(PostFields):
    """All fields, frozen at a save, a schedule or a publishing; numbered from 1 within its post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    draft_version = models.PositiveIntegerField(default=0, help_text="of the draft that it was made from")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.post_id}"
