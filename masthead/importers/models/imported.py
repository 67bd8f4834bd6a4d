"""What an import made of what: the reason a second run makes no doubles."""

from django.db import models

from masthead.content.models import Post


class Imported(models.Model):
    """One foreign post and ours; `fingerprint` tells whether the foreign one changed since."""

    source = models.CharField(max_length=40)
    foreign_id = models.CharField(max_length=400)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    draft_version = models.PositiveIntegerField(default=0, help_text="of the draft as the import left it")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.foreign_id}"
