"""A post's working state. Sealed."""

from django.db import models

from masthead.content.models.fields import PostFields
from masthead.content.models.post import Post
from masthead.members.models import Member


class Draft(PostFields):
    """The one working state of a post; `version` rises with each save, so that nobody overwrites unseen."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+", primary_key=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"draft {self.version} of {self.post_id}"
