"""An author as clients see it: a byline, never the member behind it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from masthead.api.content.shapes.common import link
from masthead.content.models import Author
from masthead.core.shown_ids import shown_id

NETWORKS = ("facebook", "twitter", "threads", "bluesky", "mastodon", "tiktok", "youtube", "instagram", "linkedin")


def author_tokens(authors: Iterable[Author]) -> list[str]:
    """Return the tokens of all pictures of these authors."""
    return [token for author in authors for token in (author.picture, author.extras.get("cover", "")) if token]


def told_author(author: Author, pictures: Mapping[str, str | None]) -> dict[str, Any]:
    """Return all fields of an author."""
    extras = author.extras
    accounts: Mapping[str, Any] = extras.get("accounts") or {}
    return {
        "id": shown_id("author", author.public_id),
        "name": author.name,
        "slug": author.slug,
        "profile_image": pictures.get(author.picture),
        "cover_image": pictures.get(extras.get("cover", "")),
        "bio": author.bio or None,
        "website": link(extras.get("website")),
        "location": extras.get("location"),
        **{network: accounts.get(network) or None for network in NETWORKS},
        "meta_title": extras.get("meta_title"),
        "meta_description": extras.get("meta_description"),
        "url": settings.ADDRESS + author.path,
    }
