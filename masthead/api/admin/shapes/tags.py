"""A tag as staff see it: internal ones too, which have no page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from masthead.api.content.shapes.tags import told_tag
from masthead.content.models import Tag


def whole_tag(tag: Tag, pictures: Mapping[str, str | None]) -> dict[str, Any]:
    """Return all fields of a tag."""
    told = told_tag(tag, pictures) | {"accent_color": tag.extras.get("accent_colour")}
    if tag.is_internal:
        told |= {"visibility": "internal", "url": f"{settings.ADDRESS}/404/"}
    return told
