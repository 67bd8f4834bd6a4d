"""A part of a post that only some readers get. Sealed: only content/reading.py loads it, with the rule in its query."""

from django.db import models

from masthead.content.models.post import Post, empty_document


class SealedBlock(models.Model):
    """What stands inside one `audience` node of a post that is out; the opening or body keeps its place by `number`."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="of the node within the post, from 1")
    is_below = models.BooleanField(default=False, help_text="below the cut: the post's own rule is asked, too")
    web_anyone = models.BooleanField(default=False)
    web_free = models.BooleanField(default=False)
    web_paid = models.BooleanField(default=False)
    mail_free = models.BooleanField(default=False)
    mail_paid = models.BooleanField(default=False)
    document = models.JSONField(default=empty_document)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="sealed_block_once")]

    def __str__(self) -> str:
        return f"block {self.number} of {self.post_id}"
