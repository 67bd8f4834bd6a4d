"""Reading a whole publication in, into an empty one."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.core import events
from masthead.core.carrying import Keys, OutError, Table, carried_tables
from masthead.core.carrying.restoring import restore
from masthead.core.carrying.text import load
from masthead.core.models import Publication
from masthead.importers.whole.manifest import Manifest
from masthead.importers.whole.sources import Source
from masthead.importers.whole.verifying import verified
from masthead.members.models import Member
from masthead.members.roles import Role
from masthead.members.signing_in import end_sessions
from masthead.search.index import index_post

Say = Callable[[str], None]
LONGEST = 64 * 1024 * 1024  # bytes of a line


def bring_in(source: Source, *, at: datetime, say: Say) -> Manifest:
    """Make an empty publication what the export was: ids, tokens, addresses, dates and numbers as they were.

    All or nothing: every file is verified first, every row stands in one transaction, and what fails leaves the
    publication empty as before, to be tried again. Nothing is mailed, charged or published by it. An owner who was
    there is replaced by the member with the same address, or stays beside the others. Raises OutError.
    """
    refuse_unless_empty()
    manifest = verified(source, say=say)
    kept = _copy_files(source, manifest, say)
    try:
        with transaction.atomic():
            refuse_unless_empty()
            _restore(source, manifest, at, say)
            events.write("publication.restored", "publication:1", at=at, counts=manifest.counts)
    except BaseException:
        for name in kept:
            default_storage.delete(name)
        raise
    return manifest


def refuse_unless_empty() -> None:
    """Raise OutError, saying what there is, unless the publication holds its settings and one owner at most."""
    found = [f"{count} {table.name.replace('_', ' ')}" for table in carried_tables() if (count := _count(table))]
    if found:
        raise OutError(
            f"This publication is not empty: it has {', '.join(found)}. An export goes into a new one only: "
            "make it with `masthead new DIR`, and import with --dir DIR."
        )


def _count(table: Table) -> int:
    rows = table.rows
    if table.model is Publication:
        return 0
    if table.model is Member and rows.count() == 1:
        rows = rows.exclude(role=Role.OWNER)
    return rows.count()


def _restore(source: Source, manifest: Manifest, at: datetime, say: Say) -> None:
    Publication.objects.all().delete()
    _make_room(source, at)
    keys: Keys = {}
    for table in carried_tables():
        texts = _texts(source, table.name) if table.name in manifest.counts else iter(())
        count = restore(table, texts, keys, progress=lambda count, table=table: say(f"{table.name}: {count}"))  # type: ignore[misc]
        if count != manifest.counts.get(table.name, 0):
            raise OutError(f"{table.name}.jsonl has {count} lines; the manifest says {manifest.counts[table.name]}.")
    for number, pk in enumerate(
        Post.objects.filter(status=Status.PUBLISHED).order_by("pk").values_list("pk", flat=True), 1
    ):
        index_post(pk)
        if number % 1000 == 0:
            say(f"search index: {number}")


def _make_room(source: Source, at: datetime) -> None:
    """Let an owner who is here already go, if the export brings a member with the same address."""
    here = Member.objects.first()
    if here is None:
        return
    brought = any(load(text).get("email") == here.email for text in _texts(source, "members"))
    if brought:
        end_sessions(here, at=at)
        here.delete()


def _texts(source: Source, table: str) -> Iterator[bytes]:
    with source.open(f"{table}.jsonl") as file:
        number = 0
        while text := file.readline(LONGEST + 1):
            number += 1
            if len(text) > LONGEST:
                raise OutError(f"{table}.jsonl, line {number}: is longer than {LONGEST // 1024 // 1024} MB")
            yield text


def _copy_files(source: Source, manifest: Manifest, say: Say) -> list[str]:
    """Put the files where their rows will look for them, before there are rows; return their names in the storage."""
    folders = {table.file.folder: table.file for table in carried_tables() if table.file is not None}
    kept: list[str] = []
    for name in manifest.files:
        column = folders.get(name.partition("/")[0])
        if column is None or "/" not in name:
            continue
        place = column.storage_name(name)
        default_storage.delete(place)  # what a run that was killed left there
        with source.open(name) as file:
            if default_storage.save(place, File(file)) != place:
                raise OutError(f"{place} could not be written under its own name.")
        kept.append(place)
        if len(kept) % 100 == 0:
            say(f"files: {len(kept)}")
    return kept
