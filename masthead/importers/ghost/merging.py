"""Letting a row of ours follow a row of Ghost, without undoing what the desk did since."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from masthead.importers.ghost.counterparts import find, fingerprint, remember
from masthead.importers.ghost.kept_ids import kept_id
from masthead.importers.ghost.run import Run

Ours = TypeVar("Ours", bound=Model)
BLANK: tuple[Any, ...] = (None, "", [], {})


def mark_of(value: Any) -> str:
    """Return what tells one value of a field from another, without holding the value itself."""
    return fingerprint(value.astimezone(UTC) if isinstance(value, datetime) else value)[:16]


def merge(row: Model, told: Mapping[str, Any], seen: Mapping[str, str], *, overwrite: bool = False) -> list[str]:
    """Set on the row what is told, and return the names of the fields that changed; saving them is the caller's.

    `seen` holds the marks of what was told the last time. A field changes if it is told another value than then and
    still holds what it was given then; one that was never told only where it is blank. `overwrite` takes all.
    """
    changed = []
    for name, value in told.items():
        now, before = getattr(row, name), seen.get(name)
        if now == value or (before == mark_of(value) and not overwrite):
            continue
        if overwrite or now in BLANK or before == mark_of(now):
            setattr(row, name, value)
            changed.append(name)
    return changed


def bring_as(
    run: Run, kind: str, foreign_id: str, told: dict[str, Any], *, known_as: QuerySet[Ours], facts: dict[str, Any]
) -> tuple[Ours | None, str]:
    """Make the row, or let it follow, and return it with a word for it; None for one that the desk deleted.

    One of ours that was there before any import is taken for it where `known_as` finds it.
    """
    known = find(kind, foreign_id)
    # A time that Ghost does not say is that of this run: it must not look like a change in the next.
    marks = {name: mark_of(None if value == run.at else value) for name, value in told.items()}
    state = fingerprint(marks, facts)
    model = known_as.model
    row = model._default_manager.filter(pk=known.object_id).first() if known else known_as.first()
    if known and row is None:
        return None, "left alone"
    if known and known.fingerprint == state and not run.options.overwrite:
        return row, "unchanged"
    seen = known.facts.get("seen", {}) if known else {}
    if row is None:
        row, word = model._default_manager.create(**told, **kept_id(kind, model, foreign_id)), "created"
    else:
        told = {name: value for name, value in told.items() if value != run.at or getattr(row, name) is None}
        changed = merge(row, told, seen, overwrite=run.options.overwrite)
        row.save(update_fields=changed)
        word = "updated" if changed else "unchanged"
    remember(kind, foreign_id, at=run.at, object_id=row.pk, fingerprint=state, facts=facts | {"seen": marks})
    return row, word
