"""What the shapes of resources share."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from masthead.content.document.escaping import is_safe_address

Row = TypeVar("Row")
Fields = Mapping[str, Callable[[Row], Any]]

# Field of Ghost -> name in core/extras.py, for posts, tags and the publication alike.
META = {
    name: name
    for name in (
        "og_title",
        "og_description",
        "twitter_title",
        "twitter_description",
        "meta_title",
        "meta_description",
        "canonical_url",
    )
} | {"codeinjection_head": "head_code", "codeinjection_foot": "foot_code"}
PICTURES = ("og_image", "twitter_image")


def moment(value: datetime | None) -> str | None:
    """Write a moment as Ghost does: in the publication's own zone, to the millisecond."""
    return timezone.localtime(value).isoformat(timespec="milliseconds") if value else None


def meta_of(extras: Mapping[str, Any], pictures: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the fields for search engines and networks; what is empty is null."""
    told: dict[str, Any] = {field: extras.get(name) or None for field, name in META.items()}
    told["canonical_url"] = link(extras.get("canonical_url"))
    return told | {name: pictures.get(extras.get(name, "")) for name in PICTURES}


def link(value: Any) -> str | None:
    """Return an address that a client may make a link of, whoever wrote it; None for any other."""
    return value if isinstance(value, str) and is_safe_address(value) else None


def picture_tokens(extras: Mapping[str, Any]) -> list[str]:
    """Return the tokens of the pictures that meta_of asks for."""
    return [extras[name] for name in PICTURES if extras.get(name)]
