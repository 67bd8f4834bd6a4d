"""A tag: a subject, or a section of the paper."""

from typing import ClassVar, Self

from django.db import models

from masthead.core.ids import new_public_id


class TagQuerySet(models.QuerySet["Tag"]):
    def sections(self) -> Self:
        """Tags that the front page and the navigation show as sections, in their order."""
        return self.filter(is_section=True, is_internal=False).order_by("position", "id")


class Tag(models.Model):
    """A subject of posts; the first tag of a post is its primary tag."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=191, unique=True)
    name = models.CharField(max_length=191)
    description = models.TextField(blank=True)
    picture = models.CharField(max_length=32, blank=True, help_text="token of a picture")
    extras = models.JSONField(default=dict, blank=True, help_text="what core/extras.py names")
    own_path = models.CharField(max_length=400, blank=True, help_text="its address, where it is not the usual one")
    is_internal = models.BooleanField(default=False, help_text="for staff only: no reader sees it and it has no page")
    is_section = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return self.own_path or f"/tag/{self.slug}/"
