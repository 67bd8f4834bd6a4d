"""Front matter of Jekyll, Hugo and Eleventy, and ours, as the fields of a post."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from masthead.access.visibility import Visibility
from masthead.core.slugs import slug_from
from masthead.importers.markdown.values import as_answer, as_line, as_moment, as_text, as_words, is_empty

# Each field under every name that the three generators and Masthead have for it; the first that is there counts.
NAMES = {
    "title": ("title",),
    "standfirst": ("standfirst", "description", "summary", "excerpt", "subtitle"),
    "date": ("publishdate", "date"),
    "updated": ("updated", "lastmod", "last_modified_at"),
    "slug": ("slug",),
    "tags": ("tags", "tag"),
    "categories": ("categories", "category", "sections"),
    "authors": ("authors", "author"),
    "image": ("image", "cover", "featured_image", "images"),
    "image_alt": ("image_alt",),
    "image_caption": ("image_caption",),
    "image_credit": ("image_credit",),
    "visibility": ("visibility",),
    "tiers": ("tiers", "tier"),
    "language": ("language", "lang"),
}
TEXTS = ("title", "standfirst", "slug", "image_alt", "image_caption", "image_credit", "language")
LISTS = ("tags", "categories", "tiers")
# Known, and read elsewhere or without a meaning here.
IGNORED = set("draft published featured layout permalink type weight toc url eleventynavigation".split())
DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)", re.DOTALL)
UNKNOWN = "unknown"  # a visibility that is none of ours: only staff can read the post


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

    A visibility that is none of ours closes the post to all but staff (CHECKS.md 89); what could be a draft is one.
    """
    found = {key: _first(front, names) for key, names in NAMES.items()}
    dated, stem = _stem(name)
    fields = Fields(
        title=as_line(found["title"]) or stem.replace("-", " ").capitalize(),
        slug=slug_from(as_text(found["slug"]) or stem),
        standfirst=as_text(found["standfirst"]),
        tags=as_words(found["tags"]) + as_words(found["categories"]),
        image=_image(found["image"]),
        image_alt=as_text(found["image_alt"]),
        image_caption=as_text(found["image_caption"]),
        image_credit=as_line(found["image_credit"])[:300],
        language=as_line(found["language"])[:20],
        is_featured=as_answer(front.get("featured")) is True,
    )
    _read_authors(fields, found["authors"])
    _note_what_is_not_understood(fields, front, found)
    _read_visibility(fields, front, found["visibility"], found["tiers"])
    _read_draft(fields, front, zone)
    _read_dates(fields, front, found, dated, zone)
    return fields


def _first(front: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((front[name] for name in names if not is_empty(front.get(name))), None)


def _stem(name: str) -> tuple[str, str]:
    """Return Jekyll's date and the rest of a file's name, without its ending; of its folder's name for an index."""
    path = PurePosixPath(name)
    stem = path.parent.name if path.stem in ("index", "_index") and path.parent.name else path.stem
    line = " ".join(stem.split()) or "untitled"
    found = DATED.fullmatch(line)
    return (found[1], found[2]) if found and _is_date(found[1], ZoneInfo("UTC")) else ("", line)


def _note_what_is_not_understood(fields: Fields, front: dict[str, Any], found: dict[str, Any]) -> None:
    known = {name for names in NAMES.values() for name in names} | IGNORED
    fields.problems += [f"“{name}” was not understood" for name in front if name not in known]
    for key in TEXTS:
        if found[key] is not None and not as_text(found[key]):
            fields.problems.append(f"“{key}” is no text, so it was left out; put it in quotes")
    for key in LISTS:
        value = found[key]
        if value is not None and len(as_words(value)) < (len(value) if isinstance(value, list) else 1):
            fields.problems.append(f"not all of “{key}” was understood; write a list of words")
    if found["image"] is not None and not fields.image:
        fields.problems.append("“image” names no picture")
    if len(fields.title) > 300:
        fields.problems.append("the title was cut to 300 characters")
        fields.title = fields.title[:300]


def _read_authors(fields: Fields, value: Any) -> None:
    if isinstance(value, str):
        value = value.split(",")
    rows = value if isinstance(value, list) else [] if value is None else [value]
    names = [as_line(row.get("name") if isinstance(row, dict) else row) for row in rows]
    fields.authors = [name for name in names if name]
    if not all(names) or (rows and not fields.authors):
        fields.problems.append("an author without a name was left out")


def _read_visibility(fields: Fields, front: dict[str, Any], value: Any, tiers: Any) -> None:
    """Open the post to anyone only if nothing, or “public”, is said; an empty field is not nothing."""
    fields.tiers = as_words(tiers)
    said = value.strip().lower() if isinstance(value, str) else UNKNOWN
    if "visibility" not in front:
        is_gated = any(name in front for name in NAMES["tiers"])
        fields.visibility = Visibility.TIERS if is_gated else Visibility.PUBLIC
    elif said in Visibility.values:
        fields.visibility = said
    else:
        # A word of theirs is kept for the desk; one that had to be cut to fit could become one of ours.
        fields.visibility = said if len(said) <= 20 else UNKNOWN
        shown = "" if value is None else value
        fields.problems.append(f"“{shown}” is no visibility, so only staff can read the post")
    if fields.visibility == Visibility.TIERS and not fields.tiers:
        fields.problems.append("its visibility is “tiers” and none is named, so only staff can read the post")
    if fields.visibility != Visibility.TIERS and tiers is not None:
        fields.problems.append(f"its tiers do not count, as its visibility is “{fields.visibility}” and not “tiers”")


def _read_draft(fields: Fields, front: dict[str, Any], zone: ZoneInfo) -> None:
    """Let be a draft what does not clearly say that it is none; taking a post down after it was out is too late."""
    for name, out in (("draft", False), ("published", True)):
        if name not in front or (name == "published" and _is_date(front[name], zone)):
            continue
        answer = as_answer(front[name])
        fields.is_draft = fields.is_draft or answer is not out
        if answer is None:
            fields.problems.append(f"“{name}” says neither yes nor no, so it was brought in as a draft")


def _is_date(value: Any, zone: ZoneInfo) -> bool:
    try:
        return as_moment(value, zone) is not None
    except OverflowError:
        return True


def _read_dates(fields: Fields, front: dict[str, Any], found: dict[str, Any], dated: str, zone: ZoneInfo) -> None:
    published = front.get("published")
    date = found["date"] or (published if _is_date(published, zone) else dated)
    fields.date, is_beyond = _moment(fields, date, zone)
    if is_beyond:
        fields.is_draft = True
        fields.problems.append("its date cannot be used, so it was brought in as a draft")
    fields.updated, _ = _moment(fields, found["updated"], zone)


def _moment(fields: Fields, value: Any, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    """Return the moment, and whether it is one beyond the calendar."""
    if is_empty(value):
        return None, False
    try:
        moment = as_moment(value, zone)
    except OverflowError:
        fields.problems.append(f"“{value}” is beyond the calendar; the years are from 1000 to 9998")
        return None, True
    if moment is None:
        fields.problems.append(f"“{value}” is not a date; write 2026-11-23 or 2026-11-23T07:30:00Z")
    return moment, False


def _image(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in ("src", "path", "image", "url") if value.get(name)), None)
    if isinstance(value, list):
        return _image(value[0]) if value else ""
    return as_text(value)
