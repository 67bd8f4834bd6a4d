"""A revision that will be published at a set time. Sealed."""

from django.db import models

from masthead.content.models.post import Post
from masthead.content.models.revision import Revision
from masthead.members.models import Member


class Schedule(models.Model):
    """One revision, one moment; a post has at most one."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+", primary_key=True)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    publish_at = models.DateTimeField(db_index=True)
    set_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.post_id} at {self.publish_at}"
