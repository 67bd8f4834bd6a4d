"""Importing a folder of Markdown files: each becomes a post, through the same acts as at the desk."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.db import transaction
from django.utils import timezone

from masthead.access.models import Tier
from masthead.content.addresses import AddressError
from masthead.content.document import DocumentError, from_markdown
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Author, Media, Post, Tag
from masthead.content.models.post import Kind, Status
from masthead.content.publishing import publish, schedule, unpublish
from masthead.content.uploading import UploadError, keep_picture
from masthead.core.models import Publication
from masthead.core.slugs import slug_from
from masthead.importers.markdown.fields import Fields, read_fields
from masthead.importers.markdown.front_matter import FrontMatterError, split
from masthead.importers.models import Imported
from masthead.importers.report import Report

SOURCE = "markdown"
ENDINGS = (".md", ".markdown", ".mdown")
LARGEST = 5_000_000  # bytes of one file
Progress = Callable[[int, int, str], None]


@dataclass
class _File:
    """One file on its way in."""

    folder: Path
    path: Path
    name: str  # below the folder: the foreign id
    kind: str
    overwrite: bool


def import_folder(
    folder: Path, *, kind: str = Kind.POST, overwrite: bool = False, progress: Progress | None = None
) -> Report:
    """Import every Markdown file below `folder` and return what was done.

    A second run changes only what changed in the files, and leaves alone what was changed at the desk since, unless
    `overwrite` is given; what stood at the desk is then kept as a revision. A file that cannot be read is reported
    and the others go on; each file is one transaction, so a stopped import goes on where it stopped.
    """
    report = Report()
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    for number, path in enumerate(files, 1):
        file = _File(folder.resolve(), path, path.relative_to(folder).as_posix(), kind, overwrite)
        report.count(_import(file, report))
        if progress:
            progress(number, len(files), file.name)
    return report


def _import(file: _File, report: Report) -> str:
    try:
        content = _read(file)
        fingerprint = hashlib.sha256(f"{file.kind}\n{content}".encode()).hexdigest()
        known = Imported.objects.filter(source=SOURCE, foreign_id=file.name).select_related("post").first()
        if known and known.fingerprint == fingerprint:
            return "unchanged"
        if known and not file.overwrite and draft_of(known.post).version != known.draft_version:
            report.problem(file.name, "was changed at the desk since; left as it is there (--overwrite replaces it)")
            return "left alone"
        with transaction.atomic():
            return _write(file, content, fingerprint, known, report)
    except (FrontMatterError, DocumentError, AddressError, OSError, UnicodeDecodeError) as error:
        report.problem(file.name, f"was not imported: {error}")
        return "failed"


def _read(file: _File) -> str:
    if file.path.stat().st_size > LARGEST:
        raise FrontMatterError(f"it is larger than {LARGEST // 1_000_000} MB")
    return file.path.read_text(encoding="utf-8")


def _write(file: _File, content: str, fingerprint: str, known: Imported | None, report: Report) -> str:
    at, zone = timezone.now(), Publication.current().zone
    front, text = split(content)
    fields = read_fields(front, file.name, zone)
    values = _values(file, fields, text, at)
    post = known.post if known else start_post(by=None, at=at, kind=file.kind).post
    before = draft_of(post)
    if known and before.version != known.draft_version:
        freeze(post, by=None, at=at)
    draft = save_draft(post, values, version=before.version, by=None, at=at)
    _put_out(post, fields, at)
    made = {"post": post, "fingerprint": fingerprint, "draft_version": draft.version, "imported_at": at}
    Imported.objects.update_or_create(source=SOURCE, foreign_id=file.name, defaults=made)
    for problem in fields.problems:
        report.problem(file.name, problem)
    return "updated" if known else "created"


def _put_out(post: Post, fields: Fields, at: datetime) -> None:
    """Publish what the file says is out; a draft waits for the desk, a date to come for its day."""
    post.refresh_from_db()
    is_early = fields.date is not None and fields.date > at
    if (fields.is_draft or is_early) and post.status == Status.PUBLISHED:
        unpublish(post, by=None, at=at)
    if fields.is_draft:
        return
    revision = freeze(post, by=None, at=at)
    if fields.date and is_early:
        schedule(revision, fields.date, by=None, at=at)
        fields.problems.append(f"its date is to come: it is scheduled for {fields.date.isoformat(timespec='minutes')}")
        return
    publish(revision, by=None, at=at, first_at=fields.date, changed_at=fields.updated)


def _values(file: _File, fields: Fields, text: str, at: datetime) -> dict[str, Any]:
    pictures = _Pictures(file, fields, at)
    parsed = from_markdown(text, images=pictures.token)
    fields.problems += parsed.problems
    lead = pictures.media(fields.image) if fields.image else None
    return {
        "title": fields.title,
        "standfirst": fields.standfirst,
        "slug": fields.slug,
        "document": parsed.document.json,
        "visibility": fields.visibility[:20],
        "tier_ids": _tiers(fields),
        "tag_ids": [_tag(name).pk for name in dict.fromkeys(fields.tags)],
        "author_ids": [_author(name).pk for name in dict.fromkeys(filter(None, fields.authors))],
        "lead": lead,
        "lead_alt": fields.image_alt,
        "lead_caption": fields.image_caption,
        "lead_credit": fields.image_credit,
        "is_featured": fields.is_featured,
        "language": fields.language,
    }


def _tag(name: str) -> Tag:
    slug = slug_from(name, fallback="tag")
    shown = name.replace("-", " ").capitalize() if name == slug else name
    return Tag.objects.get_or_create(slug=slug, defaults={"name": shown[:120]})[0]


def _author(name: str) -> Author:
    return Author.objects.get_or_create(slug=slug_from(name, fallback="author"), defaults={"name": name[:120]})[0]


def _tiers(fields: Fields) -> list[int]:
    """Find the tiers by slug; one that does not exist opens the post to nobody, and is reported."""
    found = {tier.slug: tier.pk for tier in Tier.objects.filter(slug__in=fields.tiers)}
    fields.problems += [f"there is no tier “{slug}”; nobody holds it" for slug in fields.tiers if slug not in found]
    return [found[slug] for slug in fields.tiers if slug in found]


class _Pictures:
    """Finds pictures beside the text. Nothing outside the imported folder is read (CHECKS.md 88)."""

    def __init__(self, file: _File, fields: Fields, at: datetime) -> None:
        self.file, self.fields, self.at = file, fields, at

    def token(self, source: str) -> str | None:
        media = self.media(source)
        return media.token if media else None

    def media(self, source: str) -> Media | None:
        if source.startswith("media:"):
            return Media.objects.filter(token=source.removeprefix("media:")).first()
        path = self._path(source)
        if path is None:
            self.fields.problems.append(f"the picture “{source[:120]}” is not in the folder")
            return None
        try:
            return keep_picture(path.read_bytes(), path.name, at=self.at)
        except UploadError as error:
            self.fields.problems.append(f"the picture “{source[:120]}”: {error}")
            return None

    def _path(self, source: str) -> Path | None:
        name = unquote(source.split("?")[0].split("#")[0])
        if "://" in name or "\0" in name:
            return None
        beside, below = self.file.path.parent / name.lstrip("/"), self.file.folder / name.lstrip("/")
        for path in (beside, below):
            try:
                real = path.resolve()
                if real.is_relative_to(self.file.folder) and real.is_file():
                    return real
            except (OSError, ValueError):
                continue
        return None
