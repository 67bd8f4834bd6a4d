"""A post or page as clients see it: a Reading for anyone, field by field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.html import escape

from masthead.access.reader import ANYONE
from masthead.access.visibility import Visibility
from masthead.api.content.asked import Asked
from masthead.api.content.pictures import addresses_of, picture_address
from masthead.api.content.shapes.authors import author_tokens, told_author
from masthead.api.content.shapes.common import META, PICTURES, meta_of, moment, picture_tokens
from masthead.api.content.shapes.tags import tag_tokens, told_tag
from masthead.api.content.shapes.tiers import told_tiers
from masthead.content.models import Post
from masthead.content.models.post import Kind
from masthead.content.reading import Reading, load_pictures, read
from masthead.core.models import Publication
from masthead.core.shown_ids import shown_id, shown_uuid


@dataclass(frozen=True)
class Told:
    """One post on its way out: its Reading, and the addresses of pictures named beside its text."""

    reading: Reading
    pictures: Mapping[str, str | None]

    @property
    def extras(self) -> Mapping[str, Any]:
        return self.reading.extras

    @cached_property
    def id(self) -> str:
        return shown_id(self.reading.kind, self.reading.public_id)

    @cached_property
    def meta(self) -> dict[str, Any]:
        return meta_of(self.extras, self.pictures)

    @property
    def caption(self) -> str | None:
        lead = self.reading.lead
        words = [escape(part) for part in (lead.caption, lead.credit) if part] if lead else []
        return " ".join(words) or None

    @property
    def visibility(self) -> str:
        return visibility_of(self.reading.visibility)


Field = Callable[[Told], Any]


def _of_meta(name: str) -> Field:
    return lambda told: told.meta[name]


FIELDS: dict[str, Field] = {
    "id": lambda t: t.id,
    "uuid": lambda t: shown_uuid(t.reading.kind, t.reading.public_id),
    "title": lambda t: t.reading.title,
    "slug": lambda t: slug_of(t.reading.path),
    "html": lambda t: t.reading.html_for(settings.ADDRESS),
    "plaintext": lambda t: t.reading.text,
    "comment_id": lambda t: t.extras.get("comment_id") or t.id,
    "feature_image": lambda t: picture_address(t.reading.lead.picture) if t.reading.lead else None,
    "feature_image_alt": lambda t: (t.reading.lead.alt or None) if t.reading.lead else None,
    "feature_image_caption": lambda t: t.caption,
    "featured": lambda t: t.reading.is_featured,
    "visibility": lambda t: t.visibility,
    "created_at": lambda t: moment(t.reading.started_at),
    "updated_at": lambda t: moment(t.reading.updated_at or t.reading.published_at),
    "published_at": lambda t: moment(t.reading.published_at),
    "custom_excerpt": lambda t: t.reading.standfirst or None,
    "excerpt": lambda t: t.reading.excerpt,
    "reading_time": lambda t: t.reading.reading_minutes,
    "custom_template": lambda t: t.extras.get("template"),
    "url": lambda t: settings.ADDRESS + t.reading.path,
    "access": lambda t: t.reading.is_whole,
    "comments": lambda t: False,
    **{name: _of_meta(name) for name in (*META, *PICTURES)},
    "email_subject": lambda t: t.extras.get("email_subject"),
    "frontmatter": lambda t: t.extras.get("frontmatter"),
}
OF_PAGES: dict[str, Field] = {
    "show_title_and_feature_image": lambda t: not t.extras.get("hides_title"),
}


def visibility_of(visibility: str) -> str:
    """Return who a post is for in Ghost's words; what neither of us knows is closed, and called tiers."""
    return str(visibility if visibility in Visibility.values else Visibility.TIERS)


def slug_of(path: str) -> str:
    """Return the last part of an address."""
    return path.rstrip("/").rpartition("/")[2]


def told_posts(rows: Iterable[Post], asked: Asked, publication: Publication) -> list[dict[str, Any]]:
    """Return posts as anyone may see them, in a fixed number of queries however many there are."""
    readings = read(rows, ANYONE)
    load_pictures(readings)
    pictures = addresses_of(chain.from_iterable(_tokens(reading, asked) for reading in readings))
    told = [Told(reading, pictures) for reading in readings]
    tiers = told_tiers(publication, with_unlisted=True) if "tiers" in asked.include else []
    return [_fields(one, asked) | _beside(one, asked, tiers) for one in told]


def _tokens(reading: Reading, asked: Asked) -> list[str]:
    tags = tag_tokens(reading.tags) if "tags" in asked.include else []
    authors = author_tokens(reading.authors) if "authors" in asked.include else []
    return [*picture_tokens(reading.extras), *tags, *authors]


def _fields(told: Told, asked: Asked) -> dict[str, Any]:
    fields = FIELDS | OF_PAGES if told.reading.kind == Kind.PAGE else FIELDS
    return {name: field(told) for name, field in fields.items() if _is_wanted(name, asked)}


def _is_wanted(name: str, asked: Asked) -> bool:
    """Say whether a field goes out: html unless other formats are named, plaintext where it is."""
    if name not in ("html", "plaintext"):
        return asked.wants(name)
    if asked.fields is not None and name in asked.fields:
        return True
    return name in asked.formats or (name == "html" and not asked.formats and asked.fields is None)


def _beside(told: Told, asked: Asked, tiers: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    """Return what is included: tags, authors and tiers, with the first of each of the former two."""
    beside: dict[str, Any] = {}
    if "tags" in asked.include:
        tags = [told_tag(tag, told.pictures) for tag in told.reading.tags]
        beside |= {"tags": tags, "primary_tag": tags[0] if tags else None}
    if "authors" in asked.include:
        authors = [told_author(author, told.pictures) for author in told.reading.authors]
        beside |= {"authors": authors, "primary_author": authors[0] if authors else None}
    if "tiers" in asked.include:
        beside["tiers"] = [tier for number, tier in tiers if _opens(told, number)]
    return beside


def _opens(told: Told, number: int) -> bool:
    """Say whether a tier opens the post, as Ghost says it: every tier what is public, every paid one what is paid."""
    if told.visibility == Visibility.TIERS:
        return number in told.reading.tier_ids
    return told.visibility != Visibility.PAID or number != 0
