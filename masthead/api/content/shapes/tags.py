"""A tag as clients see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from masthead.api.content.shapes.common import meta_of, picture_tokens
from masthead.content.models import Tag
from masthead.core.shown_ids import shown_id


def tag_tokens(tags: Iterable[Tag]) -> list[str]:
    """Return the tokens of all pictures of these tags."""
    return [token for tag in tags for token in (tag.picture, *picture_tokens(tag.extras)) if token]


def told_tag(tag: Tag, pictures: Mapping[str, str | None]) -> dict[str, Any]:
    """Return all fields of a public tag."""
    return {
        "id": shown_id("tag", tag.public_id),
        "name": tag.name,
        "slug": tag.slug,
        "description": tag.description or None,
        "feature_image": pictures.get(tag.picture),
        "visibility": "public",
        **meta_of(tag.extras, pictures),
        "accent_color": tag.extras.get("accent_colour"),
        "url": settings.ADDRESS + tag.path,
    }
