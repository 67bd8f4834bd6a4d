"""Writing a batch of members: their own fields, their labels, and what is remembered of them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from masthead.core import events
from masthead.importers.ghost.labels import Labels, change_labels
from masthead.importers.ghost.member_batch import AnyRow, Entry, Good, Shared, look_up
from masthead.importers.ghost.member_matching import match
from masthead.importers.ghost.merging import mark_of, merge
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.telling import tell
from masthead.importers.models import Counterpart
from masthead.members.models import Member

FIELDS = ("email", "name", "note")
More = Callable[[Run, Shared, list[Entry[AnyRow]]], None]


def bring_batch(run: Run, shared: Shared, good: Good[AnyRow], more: More[AnyRow], stage: str, tries: int = 2) -> None:
    """Write a batch in a transaction of its own, with what `more` adds to it.

    One that fails is written again, then in halves, so that a row which cannot come in is alone, and reported.
    """
    before = dict(run.report.counts)
    try:
        _write(run, shared, good, more, stage)
        return
    except Exception as error:  # no single row may stop the others; somebody may have signed up this very moment
        run.report.counts = before
        shared.labels = Labels()
        if len(good) == 1 and tries == 1:
            what = f"was not imported: an unexpected {type(error).__name__} ({str(error)[:120]}); please report it"
            tell(run, f"{stage} failed", good[0][0].where, what)
            return
    half = (len(good) + 1) // 2
    for part in (good[:half], good[half:]):
        if part:
            bring_batch(run, shared, part, more, stage, tries if len(good) > 1 else tries - 1)


def _write(run: Run, shared: Shared, good: Good[AnyRow], more: More[AnyRow], stage: str) -> None:
    with transaction.atomic():
        entries = match(run, stage, good, look_up(good))
        if not entries:
            return
        _write_members(run, entries)
        _write_labels(shared, [entry for entry in entries if not entry.is_double and not entry.member.role])
        more(run, shared, entries)
        _remember(run, entries)
        events.write("members.imported", "import:ghost", at=run.at, rows=len(entries))
        for entry in entries:
            word = "left out" if entry.is_double else "created" if entry.is_new else "updated"
            run.report.count(f"{stage} {word}")


def _write_members(run: Run, entries: Sequence[Entry[Any]]) -> None:
    """Make the new ones, and change what Ghost changed in the others; staff keep what they are called."""
    Member.objects.bulk_create([entry.member for entry in entries if entry.is_new])
    changed = []
    for entry in entries:
        if entry.is_double:
            continue
        told = {"email": entry.email, "name": entry.row.name, "note": entry.row.note}
        if not entry.is_new and not entry.member.role:
            seen = entry.facts.get("seen", {})
            changed += [entry.member] if merge(entry.member, told, seen, overwrite=run.options.overwrite) else []
        entry.facts.setdefault("seen", {}).update({name: mark_of(value) for name, value in told.items()})
    Member.objects.bulk_update(changed, FIELDS)


def _write_labels(shared: Shared, entries: Sequence[Entry[Any]]) -> None:
    change: dict[int, tuple[list[int], list[int]]] = {}
    for entry in entries:
        now = shared.labels.ids(entry.row.label_names(shared.labels.names))
        if entry.is_told_anew("labels", mark_of(now)):
            change[entry.member.pk] = (entry.facts.get("labels", []), now)
            entry.facts["labels"] = now
    change_labels(change)


def _remember(run: Run, entries: Sequence[Entry[Any]]) -> None:
    for entry in entries:
        entry.known.object_id, entry.known.imported_at = entry.member.pk, run.at
        entry.row.note_state(entry.known)
    known = [entry.known for entry in entries if not entry.known._state.adding]
    Counterpart.objects.bulk_create([entry.known for entry in entries if entry.known._state.adding])
    Counterpart.objects.bulk_update(known, ["foreign_id", "object_id", "fingerprint", "facts", "imported_at"])
