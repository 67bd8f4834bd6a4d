"""A Ghost export, staged: read once as a stream into a small database, and asked from there in any order."""

import json
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from masthead.importers.ghost.opening import ExportError, digest
from masthead.importers.ghost.storing import store

__all__ = ["ExportError", "Row", "Staged", "stage"]
FORMAT = 1  # of the staging file; another is staged again


class Row(dict[str, Any]):
    """One row of the export, with its table and its place there, from 1."""

    def __init__(self, table: str, place: int, columns: dict[str, Any]) -> None:
        super().__init__(columns)
        self.table, self.place = table, place

    @property
    def id(self) -> str:
        """Its id in Ghost as text; one without an id goes by its place."""
        found = self.get("id")
        return str(found) if isinstance(found, str | int) and found != "" else f"place-{self.place}"

    @property
    def where(self) -> str:
        """How a report names it."""
        return f"{self.table} row {self.place}"

    @property
    def named(self) -> str:
        """How a report names it to people who look for it at Ghost: with its slug, if it has one."""
        return f"{self.where} {self.text('slug')[:80]}".rstrip()

    def text(self, column: str) -> str:
        """Return a text, without blanks around it; empty for what is none."""
        found = self.get(column)
        is_text = isinstance(found, str | int | float) and not isinstance(found, bool)
        return str(found).strip() if is_text else ""

    def is_on(self, column: str) -> bool:
        """Whether a flag is set: true, 1 or "1"."""
        return self.get(column) in (True, 1, "1", "true")


class Staged:
    """The rows of one export. `problems` are what was amiss while it was read, as (where, what)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def remove(self) -> None:
        """Delete the file: it holds addresses, drafts and words that are paid for."""
        self.close()
        self.path.unlink(missing_ok=True)

    @cached_property
    def version(self) -> str:
        """The release of Ghost that wrote the export, such as "5.82.2"; empty if it does not say."""
        meta = next(self.rows("meta"), None)
        return meta.text("version") if meta else ""

    @property
    def problems(self) -> list[tuple[str, str]]:
        return self._database.execute("SELECT place, what FROM problem ORDER BY rowid").fetchall()

    def tables(self) -> dict[str, int]:
        """Every table that has rows, with their number."""
        return dict(self._database.execute('SELECT "table", count(*) FROM staged GROUP BY 1 ORDER BY 1'))

    def rows(self, table: str) -> Iterator[Row]:
        """Give the rows of a table in the order of the file; none for a table that is not there."""
        found = self._database.execute('SELECT place, row FROM staged WHERE "table" = ? ORDER BY place', [table])
        return (Row(table, place, json.loads(text)) for place, text in found)

    def where(self, table: str, column: str, value: Any) -> list[Row]:
        """Return the rows whose column has this value, as text, in the order of the file.

        `id`, `key`, `slug`, `email` and every column that ends in `_id` are indexed; no other can be asked.
        """
        # A cross join, which SQLite reads from left to right: else it may go through the whole table for its order.
        found = self._database.execute(
            'SELECT linked.place, row FROM linked CROSS JOIN staged ON staged."table" = linked."table"'
            ' AND staged.place = linked.place WHERE linked."table" = ? AND "column" = ? AND value = ? ORDER BY 1',
            [table, column, str(value)],
        )
        return [Row(table, place, json.loads(text)) for place, text in found]

    def get(self, table: str, id: Any) -> Row | None:
        """Return the row with this id."""
        return next(iter(self.where(table, "id", id)), None)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        row = self._database.execute('SELECT count(*) FROM staged WHERE "table" = ?', [table]).fetchone()
        return int(row[0])

    def settings(self) -> dict[str, Any]:
        """Return Ghost's settings by key; a list or object is already read."""
        return {row.text("key"): _read(row.get("value")) for row in self.rows("settings") if row.text("key")}


def _read(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def stage(path: Path, folder: Path) -> Staged:
    """Stage an export below `folder` and return it; the same bytes again use the file that is there.

    JSON that breaks off keeps the rows before; a double id and a row that is no object are left out. All of it stands in
    `problems`. No password and no other secret is staged. Raises ExportError for what cannot be read at all.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = folder / f"ghost-{digest(path)[:32]}-{FORMAT}.sqlite3"
    if not staged.exists():
        part = staged.with_suffix(".part")
        part.unlink(missing_ok=True)
        try:
            store(path, part)
            part.rename(staged)
        finally:
            part.unlink(missing_ok=True)
    return Staged(staged)
