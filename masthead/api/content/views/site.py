"""The publication's settings, and the lists that a search in the browser reads."""

from datetime import datetime
from typing import Any

from django.conf import settings as machine
from django.http import HttpRequest

from masthead.access.reader import ANYONE
from masthead.api.content.door import door
from masthead.api.content.pictures import addresses_of
from masthead.api.content.shapes.common import moment
from masthead.api.content.shapes.posts import slug_of, visibility_of
from masthead.api.content.shapes.settings import told_settings
from masthead.api.content.views.named import public_authors, public_tags
from masthead.api.content.views.posts import out
from masthead.content.models.post import Kind
from masthead.content.reading import read
from masthead.core.shown_ids import shown_id

MOST = 10_000  # posts in one list
READ = 1000  # of which the text is looked into


@door
def settings(request: HttpRequest) -> dict[str, Any]:
    """Tell the settings."""
    return {"settings": told_settings(request.publication), "meta": {}}  # type: ignore[attr-defined]


@door
def indexed_posts(request: HttpRequest) -> dict[str, Any]:
    """Tell every post by headline and excerpt, the newest first.

    Of the newest the excerpt may be the beginning of the text; of older ones it is the standfirst or empty, since to
    read ten thousand texts for one answer would hold up everybody else (CHECKS.md 142).
    """
    rows = out(Kind.POST).newest()
    read_whole = read(rows.with_bylines()[:READ], ANYONE)
    older = rows[READ:MOST].values_list("public_id", "path", "title", "standfirst", "updated_at", "visibility")
    told = [_entry(r.public_id, r.path, r.title, r.excerpt, r.updated_at, r.visibility) for r in read_whole]
    return {"posts": told + [_entry(*row) for row in older]}


def _entry(
    public_id: str, path: str, title: str, excerpt: str, updated_at: datetime | None, visibility: str
) -> dict[str, Any]:
    return {
        "id": shown_id("post", public_id),
        "slug": slug_of(path),
        "title": title,
        "excerpt": excerpt,
        "url": machine.ADDRESS + path,
        "updated_at": moment(updated_at),
        "visibility": visibility_of(visibility),
    }


@door
def indexed_tags(request: HttpRequest) -> dict[str, Any]:
    """Tell every tag by name."""
    rows = public_tags().order_by("name", "pk")[:MOST]
    return {
        "tags": [
            {
                "id": shown_id("tag", row.public_id),
                "slug": row.slug,
                "name": row.name,
                "url": machine.ADDRESS + row.path,
            }
            for row in rows
        ]
    }


@door
def indexed_authors(request: HttpRequest) -> dict[str, Any]:
    """Tell every author by name and picture."""
    rows = list(public_authors().order_by("name", "pk")[:MOST])
    pictures = addresses_of(row.picture for row in rows)
    return {
        "authors": [
            {
                "id": shown_id("author", row.public_id),
                "slug": row.slug,
                "name": row.name,
                "url": machine.ADDRESS + row.path,
                "profile_image": pictures.get(row.picture),
            }
            for row in rows
        ]
    }
