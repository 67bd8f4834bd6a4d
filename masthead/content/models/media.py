"""A picture as it was uploaded, with what its file says of itself."""

from django.db import models

from masthead.core.ids import new_token


class Media(models.Model):
    """A picture. Its token makes its addresses unguessable; who holds one can see the picture.

    The original is never served: renditions are made from it without its metadata.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    file = models.FileField(upload_to="originals/", max_length=200)
    name = models.CharField(max_length=200, help_text="the file name it came with")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=300, blank=True)
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
