"""A file, a recording or a film that a post offers."""

from django.db import models

from masthead.content.models.post import Post
from masthead.core.ids import new_token


class Attachment(models.Model):
    """A file as it was uploaded. Who may fetch it follows from the posts that use it (AttachmentUse)."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    file = models.FileField(upload_to="attachments/", max_length=200)
    name = models.CharField(max_length=200, help_text="the file name it came with")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    type = models.CharField(max_length=100, help_text="media type, found from the bytes and the name")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class AttachmentUse(models.Model):
    """A post that is out shows an attachment: above the cut (`is_open`), or only to those who may read on."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="uses")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attachment", "post"], name="attachment_use_once")]

    def __str__(self) -> str:
        return f"{self.attachment_id} in {self.post_id}"
