"""A snippet: a piece of text that staff use again and again."""

from typing import ClassVar

from django.db import models

from masthead.content.models.post import empty_document
from masthead.core.ids import new_public_id


class Snippet(models.Model):
    """A named piece of a document. Nothing shows it to readers by itself."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=191, unique=True)
    document = models.JSONField(default=empty_document)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name
