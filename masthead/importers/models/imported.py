"""What an import made of what: the reason a second run makes no doubles."""

from django.db import models

from masthead.content.models import Post


class Imported(models.Model):
    """One foreign post and ours; `fingerprint` tells whether the foreign one changed since.

    `draft_version` and `revision_number` are what the import left: a run compares them with what is there, to see the desk's hand.
    """

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, help_text="of the post: the same file may be a post here and a page there")
    folder = models.CharField(max_length=1000, blank=True, help_text="where the foreign one was when last read")
    foreign_id = models.CharField(max_length=400)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    pictures = models.JSONField(default=list, blank=True, help_text="names that the foreign one has for its pictures")
    draft_version = models.PositiveIntegerField(default=0, help_text="of the draft")
    revision_number = models.PositiveIntegerField(default=0, help_text="of what is out, or scheduled; 0: nothing")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "folder", "foreign_id"], name="imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.foreign_id}"
