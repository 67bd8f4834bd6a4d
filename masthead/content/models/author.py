"""An author: a byline, with or without a login."""

from typing import ClassVar

from django.db import models

from masthead.core.ids import new_public_id
from masthead.members.models import Member


class Author(models.Model):
    """A byline. The member behind it, if any, may come and go."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=191, unique=True)
    name = models.CharField(max_length=191)
    bio = models.TextField(blank=True)
    picture = models.CharField(max_length=32, blank=True, help_text="token of a picture")
    extras = models.JSONField(default=dict, blank=True, help_text="what core/extras.py names")
    own_path = models.CharField(max_length=400, blank=True, help_text="its address, where it is not the usual one")
    member = models.OneToOneField(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="author")

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return self.own_path or f"/author/{self.slug}/"
