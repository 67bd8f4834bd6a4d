"""A table on its way in: lines become rows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction

from masthead.core.carrying.columns import Keys, Line
from masthead.core.carrying.problems import LineError, OutError
from masthead.core.carrying.table import Table
from masthead.core.carrying.text import load

REFUSALS = (IntegrityError, DataError, ValueError, OverflowError)
Made = list[tuple[int, Line, Any]]  # number of the line, the line, the row that it becomes


def restore(table: Table, texts: Iterable[bytes], keys: Keys, *, progress: Callable[[int], None]) -> int:
    """Make a row of every line and return how many there were; `keys` learns what their ids are here.

    Raises OutError, naming file and line, for a line that cannot be taken in. To be called in a transaction, which
    that error must undo.
    """
    keys[table.name] = {}
    numbered = enumerate(texts, 1)
    count = 0
    for column in table.columns:
        column.begin()
    while batch := list(islice(numbered, table.chunk)):
        made = list(_made(table, batch, keys))
        _create(table, made)
        if table.key:
            keys[table.name] |= {getattr(row, table.key): row.pk for _, _, row in made}
        rows = [(row, line) for _, line, row in made]
        for column in table.columns:
            column.connect(rows, keys)
        count += len(made)
        progress(count)
    for column in table.columns:
        with _named(table, 0, column.name):
            column.finish(keys)
    return count


def _made(table: Table, batch: list[tuple[int, bytes]], keys: Keys) -> Iterator[tuple[int, Line, Any]]:
    for number, text in batch:
        with _named(table, number):
            line = load(text)
            _refuse_other_names(table, line)
        fields = dict(table.fill(number))
        for column in table.columns:
            with _named(table, number, column.name):
                fields |= column.take(line, keys)
        yield number, line, table.model(**fields)


def _refuse_other_names(table: Table, line: Line) -> None:
    known = [column.name for column in table.columns]
    if missing := [name for name in known if name not in line]:
        raise LineError(f"{', '.join(missing)} is missing")
    if unknown := sorted(set(line) - set(known)):
        raise LineError(f"{', '.join(unknown)} is nothing that this release knows")


def _create(table: Table, made: Made) -> None:
    """Write the rows; where the database refuses one, find which."""
    try:
        with transaction.atomic():
            table.model._default_manager.bulk_create([row for _, _, row in made])
        return
    except REFUSALS:
        pass
    for number, _, row in made:
        try:
            with transaction.atomic():
                table.model._default_manager.bulk_create([row])
        except REFUSALS as error:
            raise _error(table, number, f"cannot stand beside the lines above it ({error})") from error


@contextmanager
def _named(table: Table, number: int, name: str = "") -> Iterator[None]:
    """Say of what is wrong inside where it stands."""
    try:
        yield
    except LineError as error:
        raise _error(table, number, f"{name} {error}".strip()) from error


def _error(table: Table, number: int, what: str) -> OutError:
    where = f"{table.name}.jsonl, line {number}" if number else f"{table.name}.jsonl"
    return OutError(f"{where}: {what}")
