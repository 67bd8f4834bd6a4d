"""Front matter of Jekyll, Hugo and Eleventy, and ours, as the fields of a post."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from masthead.access.visibility import Visibility
from masthead.core.slugs import slug_from
from masthead.importers.markdown.front_matter import as_moment, as_text, as_words

# Each field under every name that the three generators and Masthead have for it; the first that is there counts.
NAMES = {
    "title": ("title",),
    "standfirst": ("standfirst", "description", "summary", "excerpt", "subtitle"),
    "date": ("date", "publishdate", "published"),
    "updated": ("updated", "lastmod", "last_modified_at"),
    "slug": ("slug",),
    "tags": ("tags", "tag", "categories", "category", "sections"),
    "authors": ("authors", "author"),
    "image": ("image", "cover", "featured_image", "images"),
    "image_alt": ("image_alt",),
    "image_caption": ("image_caption",),
    "image_credit": ("image_credit",),
    "visibility": ("visibility",),
    "tiers": ("tiers", "tier"),
    "language": ("language", "lang"),
}
# Known, and without a meaning here.
IGNORED = {
    "layout",
    "draft",
    "published",
    "featured",
    "permalink",
    "type",
    "weight",
    "toc",
    "url",
    "eleventynavigation",
}


@dataclass
class Fields:
    """What a file says of its post."""

    title: str
    slug: str
    standfirst: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    image_credit: str = ""
    visibility: str = ""
    tiers: list[str] = field(default_factory=list)
    language: str = ""
    is_draft: bool = False
    is_featured: bool = False
    problems: list[str] = field(default_factory=list)


def read_fields(front: dict[str, Any], name: str, zone: ZoneInfo) -> Fields:
    """Read front matter; what is not understood becomes a problem, never an error.

    A visibility that is none of ours closes the post to everyone but staff (CHECKS.md 89).
    """
    found = {key: _first(front, names) for key, names in NAMES.items()}
    stem = _stem(name)
    fields = Fields(
        title=as_text(found["title"]) or stem.replace("-", " ").capitalize(),
        slug=slug_from(as_text(found["slug"]) or stem),
        standfirst=as_text(found["standfirst"]),
        tags=as_words(found["tags"]),
        authors=_authors(found["authors"]),
        image=_image(found["image"]),
        image_alt=as_text(found["image_alt"]),
        image_caption=as_text(found["image_caption"]),
        image_credit=as_text(found["image_credit"])[:300],
        visibility=as_text(found["visibility"]).lower() or Visibility.PUBLIC,
        tiers=as_words(found["tiers"]),
        language=as_text(found["language"])[:20],
        is_draft=front.get("draft") is True or front.get("published") is False,
        is_featured=front.get("featured") is True,
    )
    _note_problems(fields, front, found, zone)
    return fields


def _note_problems(fields: Fields, front: dict[str, Any], found: dict[str, Any], zone: ZoneInfo) -> None:
    known = {name for names in NAMES.values() for name in names} | IGNORED
    fields.problems += [f"“{name}” was not understood" for name in front if name not in known]
    for key in ("date", "updated"):
        moment = as_moment(found[key], zone) if not isinstance(found[key], bool) else None
        setattr(fields, key, moment)
        if found[key] not in (None, "", True, False) and moment is None:
            fields.problems.append(f"“{found[key]}” is not a date; write 2026-11-23 or 2026-11-23T07:30:00Z")
    if fields.visibility not in Visibility.values:
        fields.problems.append(f"“{fields.visibility}” is no visibility, so only staff can read the post")
    if len(fields.title) > 300:
        fields.problems.append("the title was cut to 300 characters")
        fields.title = fields.title[:300]


def _first(front: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((front[name] for name in names if front.get(name) not in (None, "", [])), None)


def _stem(name: str) -> str:
    """Return the file's name without its ending, Jekyll's date, and an index of a folder."""
    path = PurePath(name)
    stem = path.parent.name if path.stem in ("index", "_index") and path.parent.name else path.stem
    parts = stem.split("-", 3)
    is_dated = len(parts) == 4 and all(part.isdecimal() for part in parts[:3])
    return parts[3] if is_dated else stem


def _authors(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [as_text(one.get("name") if isinstance(one, dict) else one) for one in value]
    text = as_text(value)
    return [part.strip() for part in text.split(",") if part.strip()]


def _image(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("src") or value.get("path") or value.get("image")
    if isinstance(value, list):
        value = value[0] if value else ""
    return as_text(value)
