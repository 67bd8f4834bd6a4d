"""Importing a folder of Markdown files: each becomes a post, through the same acts as at the desk."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.access.models import Tier
from masthead.content.addresses import AddressError
from masthead.content.authoring import make_author
from masthead.content.document import DocumentError, from_markdown
from masthead.content.editing import EditConflict, draft_of, freeze, save_draft, start_post
from masthead.content.listing import standing_revision
from masthead.content.models import Author, Post, Tag
from masthead.content.models.post import Kind, Status
from masthead.content.publishing import publish, schedule, unpublish, unschedule
from masthead.content.tagging import make_tag
from masthead.core.models import Publication
from masthead.core.slugs import slug_from
from masthead.importers.markdown.fields import Fields, read_fields
from masthead.importers.markdown.folder import File, texts_in
from masthead.importers.markdown.front_matter import FrontMatterError, split
from masthead.importers.markdown.pictures import Pictures, fingerprint
from masthead.importers.markdown.remembering import (
    SOURCE,
    folder_of,
    known_elsewhere,
    known_here,
    name_of,
    was_changed_at_the_desk,
    was_taken_down,
)
from masthead.importers.models import Imported
from masthead.importers.report import Report

LARGEST = 5_000_000  # bytes of one file
EXPECTED = (FrontMatterError, DocumentError, AddressError, EditConflict, OSError, UnicodeDecodeError)
Progress = Callable[[int, int, str], None]


def import_folder(
    folder: Path, *, kind: str = Kind.POST, overwrite: bool = False, progress: Progress | None = None
) -> Report:
    """Import every Markdown file below `folder` and return what was done.

    A second run changes only what changed in the files, and leaves alone what was changed at the desk since, unless
    `overwrite` is given; what stood at the desk is then kept as a revision, and what the desk took down stays down.
    A file that cannot be read is reported and the others go on; each file is one transaction, so a stopped import
    goes on where it stopped.
    """
    report = Report()
    folder = folder.resolve()
    paths = texts_in(folder, report)
    for number, path in enumerate(paths, 1):
        file = File(folder, path, kind, overwrite)
        report.count(_import(file, report))
        if progress:
            progress(number, len(paths), file.name)
    return report


def _import(file: File, report: Report) -> str:
    problems: list[str] = []
    try:
        with transaction.atomic():
            word = _bring_in(file, problems)
    except EXPECTED as error:
        problems, word = [f"was not imported: {_said(error)}"], "failed"
    except Exception as error:  # no single file may stop the others; its transaction is rolled back
        problems, word = [f"was not imported: an unexpected {type(error).__name__}; please report it"], "failed"
    for problem in problems:
        report.problem(file.name, problem)
    return word


def _said(error: Exception) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)


def _bring_in(file: File, problems: list[str]) -> str:
    content = _read(file)
    row = known_here(file)
    if row and row.fingerprint == fingerprint(file, content, row.pictures):
        return "unchanged"
    front, text = split(content)
    fields = read_fields(front, file.name, Publication.current().zone)
    fields.is_draft = fields.is_draft or file.is_among_drafts
    row = row or known_elsewhere(file, content, fields.title)
    if row and row.fingerprint == fingerprint(file, content, row.pictures):
        return "unchanged"
    if row and not file.overwrite and was_changed_at_the_desk(row):
        problems.append(_left_alone(row))
        return "left alone"
    word = _write(file, content, text, fields, row)
    problems += fields.problems
    return word


def _left_alone(row: Imported) -> str:
    if was_taken_down(row):
        return (
            "was taken down at the desk since; left as it is there (--overwrite takes in the words, and it stays down)"
        )
    return "was changed at the desk since; left as it is there (--overwrite replaces it)"


def _read(file: File) -> str:
    if file.path.stat().st_size > LARGEST:
        raise FrontMatterError(f"it is larger than {LARGEST // 1_000_000} MB")
    return file.path.read_text(encoding="utf-8")


def _write(file: File, content: str, text: str, fields: Fields, row: Imported | None) -> str:
    at = timezone.now()
    post = row.post if row else start_post(by=None, at=at, kind=file.kind).post
    before = draft_of(post)
    if row and before.version != row.draft_version:
        freeze(post, by=None, at=at)
    pictures = Pictures(file, at)
    draft = save_draft(post, _values(pictures, fields, text), version=before.version, by=None, at=at)
    if row and was_taken_down(row):
        fields.problems.append("was taken down at the desk since, so it stays down; publish it there")
        revision_number = row.revision_number
    else:
        _put_out(post, fields, at)
        revision_number = standing_revision(post)
    made: dict[str, Any] = {"post": post, "pictures": sorted(set(pictures.names)), "imported_at": at}
    made |= {"fingerprint": fingerprint(file, content, pictures.names)}
    made |= {"draft_version": draft.version, "revision_number": revision_number}
    _remember(file, row, made)
    return "updated" if row else "created"


def _remember(file: File, row: Imported | None, made: dict[str, Any]) -> None:
    here = folder_of(file)
    Imported.objects.update_or_create(
        source=SOURCE,
        kind=file.kind,
        folder=row.folder if row else here,
        foreign_id=name_of(file),
        defaults=made | {"folder": here},
    )


def _put_out(post: Post, fields: Fields, at: datetime) -> None:
    """Publish what the file says is out; a draft waits for the desk, a date to come for its day."""
    is_early = fields.date is not None and fields.date > at
    if (fields.is_draft or is_early) and post.status == Status.PUBLISHED:
        unpublish(post, by=None, at=at)
    if fields.is_draft:
        unschedule(post, by=None, at=at)
    elif fields.date and is_early:
        schedule(freeze(post, by=None, at=at), fields.date, by=None, at=at)
        fields.problems.append(f"its date is to come: it is scheduled for {fields.date.isoformat(timespec='minutes')}")
    else:
        publish(freeze(post, by=None, at=at), by=None, at=at, first_at=fields.date, changed_at=fields.updated)
    post.refresh_from_db()


def _values(pictures: Pictures, fields: Fields, text: str) -> dict[str, Any]:
    parsed = from_markdown(text, images=pictures.token)
    lead = pictures.media(fields.image) if fields.image else None
    fields.problems += parsed.problems + pictures.problems
    return {
        "title": fields.title,
        "standfirst": fields.standfirst,
        "slug": fields.slug,
        "document": parsed.document.json,
        "visibility": fields.visibility,
        "tier_ids": _tiers(fields),
        # Two spellings may be one tag or author.
        "tag_ids": list(dict.fromkeys(_tag(name, pictures.at).pk for name in fields.tags)),
        "author_ids": list(dict.fromkeys(_author(name, pictures.at).pk for name in fields.authors)),
        "lead": lead,
        "lead_alt": fields.image_alt,
        "lead_caption": fields.image_caption,
        "lead_credit": fields.image_credit,
        "is_featured": fields.is_featured,
        "language": fields.language,
    }


def _tag(name: str, at: datetime) -> Tag:
    slug = slug_from(name, fallback="tag")
    shown = name.replace("-", " ").capitalize() if name == slug else name
    known = Tag.objects.filter(slug=slug).first()
    return known or make_tag(shown[:120], slug=slug, is_internal=False, by=None, at=at)


def _author(name: str, at: datetime) -> Author:
    slug = slug_from(name, fallback="author")
    return Author.objects.filter(slug=slug).first() or make_author(name[:120], slug=slug, by=None, at=at)


def _tiers(fields: Fields) -> list[int]:
    """Find the tiers by slug; one that does not exist opens the post to nobody, and is reported."""
    found = {tier.slug: tier.pk for tier in Tier.objects.filter(slug__in=fields.tiers)}
    fields.problems += [f"there is no tier “{slug}”; nobody holds it" for slug in fields.tiers if slug not in found]
    return [found[slug] for slug in fields.tiers if slug in found]
