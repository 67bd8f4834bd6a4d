"""Everything that staff can write about a post: what a draft holds and a revision freezes."""

from typing import Any

from django.db import models

from masthead.access.visibility import Visibility
from masthead.content.models.media import Media
from masthead.content.models.post import empty_document


class PostFields(models.Model):
    """All fields of a post as staff write them. Lists hold ids in their order."""

    title = models.CharField(max_length=300, blank=True)
    standfirst = models.TextField(blank=True)
    slug = models.CharField(max_length=191, blank=True)
    document = models.JSONField(default=empty_document)
    visibility = models.CharField(max_length=20, default=Visibility.PUBLIC)
    tier_ids = models.JSONField(default=list, blank=True)
    tag_ids = models.JSONField(default=list, blank=True)
    author_ids = models.JSONField(default=list, blank=True)
    lead = models.ForeignKey(Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lead_alt = models.TextField(blank=True)
    lead_caption = models.TextField(blank=True)
    lead_credit = models.CharField(max_length=300, blank=True)
    is_featured = models.BooleanField(default=False)
    extras = models.JSONField(default=dict, blank=True, help_text="what core/extras.py names")
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


FIELD_NAMES = tuple(field.attname for field in PostFields._meta.local_fields)


def copied(fields: PostFields) -> dict[str, Any]:
    """Return all fields by name, to fill another row with."""
    return {name: getattr(fields, name) for name in FIELD_NAMES}
