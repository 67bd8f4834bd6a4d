"""Writing the rows of an export into a staging file, without what is secret."""

import json
import os
import re
import sqlite3
from pathlib import Path
from typing import Any, Final

from masthead.importers.ghost.opening import ExportError, open_export
from masthead.importers.ghost.splitting import HALF, Broken, TooDeep, events_in, rows_in
from masthead.importers.markdown.values import UNWANTED

SCHEMA = """
CREATE TABLE staged ("table" TEXT, place INTEGER, id TEXT, row TEXT);
CREATE UNIQUE INDEX staged_place ON staged ("table", place);
CREATE UNIQUE INDEX staged_id ON staged ("table", id) WHERE id IS NOT NULL;
CREATE TABLE linked ("table" TEXT, "column" TEXT, value TEXT, place INTEGER,
    PRIMARY KEY ("table", "column", value, place)) WITHOUT ROWID;
CREATE TABLE problem (place TEXT, what TEXT);
"""
# Tables of nothing but keys to somebody's door, and columns and settings that are one.
SECRET_TABLES: Final = frozenset("api_keys sessions tokens brute invites".split())
SECRET_COLUMNS: Final = frozenset("password secret token transient_id".split())
SECRET_SETTING: Final = re.compile(r"secret|private_key|password|api_key|_token|hook|public_hash|session|slack|stripe")
GIVES_TOKENS: Final = frozenset({"gift_links", "post_gift_links", "gifts"})  # what readers hold in hand
MOST_PROBLEMS = 10_000
LONGEST_LINK = 300


def store(path: Path, target: Path) -> None:
    """Read an export into a new staging file that only its owner may read."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    database = sqlite3.connect(target)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        with open_export(path) as pieces:
            _Storing(database).take(rows_in(events_in(pieces)))
        database.commit()
    finally:
        database.close()


class _Storing:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.places: dict[str, int] = {}
        self.problems = 0

    def take(self, rows: Any) -> None:
        try:
            for table, value in rows:
                self._take(table, value)
        except (Broken, ExportError) as error:
            if not self.places:
                raise ExportError(f"This is no export of Ghost: {error}.") from error
            last = ", ".join(f"{table}: {count}" for table, count in list(self.places.items())[-1:])
            self.problem("the export", f"{error}; what stands before is used, the rest is missing (read last: {last})")
        if not self.places.keys() - {"meta"}:
            raise ExportError(
                "This is no export of Ghost: there is no table in it. Choose the file from Ghost's Labs page."
            )

    def problem(self, where: str, what: str) -> None:
        self.problems += 1
        if self.problems <= MOST_PROBLEMS:
            self.database.execute("INSERT INTO problem VALUES (?, ?)", [where, what])

    def _take(self, table: str, value: Any) -> None:
        place = self.places[table] = self.places.get(table, 0) + 1
        where = f"{table} row {place}"
        if table in SECRET_TABLES:
            return
        if not isinstance(value, dict):
            self.problem(where, "is no object, so it was left out")
            return
        noted: set[str] = set()
        row = {name: _cleaned(one, noted) for name, one in value.items()}
        for what in sorted(noted):
            self.problem(where, what)
        self._insert(table, place, where, _without_secrets(table, row))

    def _insert(self, table: str, place: int, where: str, row: dict[str, Any]) -> None:
        id = row.get("id")
        id = str(id) if isinstance(id, str | int) and id != "" else None
        text = json.dumps(row, separators=(",", ":"))
        done = self.database.execute("INSERT OR IGNORE INTO staged VALUES (?, ?, ?, ?)", [table, place, id, text])
        if not done.rowcount:
            self.problem(where, f"has the id {id}, which a row before it has, so it was left out")
            return
        links = [(table, name, str(one), place) for name, one in row.items() if _is_link(name, one)]
        self.database.executemany("INSERT OR IGNORE INTO linked VALUES (?, ?, ?, ?)", links)


def _is_link(name: str, value: Any) -> bool:
    is_named = name in ("id", "key", "slug", "email") or name.endswith("_id")
    return is_named and isinstance(value, str | int) and len(str(value)) <= LONGEST_LINK


def _without_secrets(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "settings" and SECRET_SETTING.search(str(row.get("key", "")).lower()):
        row["value"] = None
    if table in GIVES_TOKENS:
        return row
    return {name: one for name, one in row.items() if name not in SECRET_COLUMNS}


def _cleaned(value: Any, noted: set[str]) -> Any:
    """Return a value without letters that no database holds, and without what is nested too deeply."""
    if value is TooDeep:
        noted.add("holds a value that is nested too deeply, which was left out")
        return None
    if isinstance(value, str):
        return _clean_text(value, noted)
    if isinstance(value, list):
        return [_cleaned(one, noted) for one in value]
    if isinstance(value, dict):
        return {_cleaned(name, noted): _cleaned(one, noted) for name, one in value.items()}
    return value


def _clean_text(text: str, noted: set[str]) -> str:
    clean = UNWANTED.sub("", text)
    if clean != text:
        noted.add("held letters that cannot be stored (such as NUL), which were left out")
    if HALF in clean:
        noted.add("held half a letter (a lone surrogate), which is a \ufffd now")
    return clean.replace(HALF, "\ufffd")
