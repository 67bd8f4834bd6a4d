"""A label: a word that staff put on members."""

from typing import ClassVar

from django.db import models


class Label(models.Model):
    """A word by which staff find members again; no reader sees it."""

    slug = models.SlugField(max_length=191, unique=True)
    name = models.CharField(max_length=191)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name
