"""Ghost's list of members: a CSV file, read as a stream."""

import codecs
import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from masthead.importers.ghost.counterparts import fingerprint
from masthead.importers.ghost.names import split_names
from masthead.importers.ghost.staging import ExportError
from masthead.importers.ghost.values import moment
from masthead.importers.markdown.values import UNWANTED, as_answer
from masthead.importers.models import Counterpart

LONGEST_CELL = 1_000_000  # letters
# Ghost puts an apostrophe before what a spreadsheet would take for a formula (CHECKS.md 90).
ESCAPED = re.compile(r"'(?=[=+\-@\t\r])")


def key_of_address(email: str) -> str:
    """Return what a member is remembered by where only the address is known."""
    return f"address-{fingerprint(email.strip().lower())[:40]}"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One row of the list; `labels` and `tiers` are names joined by commas, as they stand there."""

    place: int  # from 1, the header not counted
    id: str
    email: str
    name: str
    note: str
    subscribed: bool | None  # None: it is not said
    is_complimentary: bool
    customer: str
    created_at: datetime | None
    labels: str
    tiers: str
    is_gift: bool

    @property
    def where(self) -> str:
        """How a report names it."""
        return f"members row {self.place}"

    @property
    def key(self) -> str:
        """What it is remembered by: its id, or, in a file without ids, its address, hashed."""
        return self.id or self.address_key

    @property
    def address_key(self) -> str:
        """What it is remembered by in a file without ids."""
        return key_of_address(self.email)

    @property
    def state(self) -> str:
        """What tells whether the row changed since."""
        return fingerprint(*(getattr(self, name) for name in self.__slots__ if name != "place"))

    def is_as_before(self, known: Counterpart) -> bool:
        """Whether it says what it said when it was brought in last."""
        return known.fingerprint == self.state

    def note_state(self, known: Counterpart) -> None:
        """Remember what it says."""
        known.fingerprint = self.state

    def label_names(self, known: Collection[str]) -> list[str]:
        """Return the names of its labels."""
        return split_names(self.labels, known)


class MemberFile:
    """A list of members; `columns` are those that it has. Raises ExportError for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            first = file.readline(LONGEST_CELL)
            self.delimiter = ";" if first.count(";") > first.count(",") else ","  # as spreadsheets save it in Europe
            file.seek(0)
            header = next(self._reader(file), [])
        self.header = [cell.strip().lower() for cell in header]
        self.columns = set(self.header)
        if "email" not in self.columns:
            raise ExportError(
                f"{path.name} has no column “email”, so it is no list of members. Export it from Ghost's Members page."
            )

    def _open(self) -> TextIO:
        with self.path.open("rb") as file:
            start = file.read(2)
        is_utf16 = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        encoding = "utf-16" if is_utf16 else "utf-8-sig"
        return self.path.open(encoding=encoding, errors="replace", newline="")

    def _reader(self, file: TextIO) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_CELL)  # strict: a quotation mark that is never closed must not swallow the rest
        return csv.reader(file, delimiter=self.delimiter, strict=True)

    def count(self) -> int:
        """Return how many lines it has at most, for showing how far a run is; reads it once."""
        with self.path.open("rb") as file:
            return max(sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b"")) - 1, 0)

    def rows(self) -> Iterator[MemberRow | tuple[int, str]]:
        """Give the rows one by one; (place, problem) for a line that is none. Empty lines are passed over."""
        with self._open() as file:
            reader, place = self._reader(file), 0
            next(reader, None)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    place += 1
                    yield place, f"is no row of a table ({error})"
                    continue
                if not any(cell.strip() for cell in cells):
                    continue
                place += 1
                yield self._row(place, cells)

    def _row(self, place: int, cells: list[str]) -> MemberRow | tuple[int, str]:
        if len(cells) > len(self.header) and any(cells[len(self.header) :]):
            return place, "has more cells than the header has columns; is a quotation mark missing?"
        values = {name: clean_cell(cell) for name, cell in zip(self.header, cells, strict=False)}
        return MemberRow(
            place,
            id=values.get("id", "").strip()[:60],
            email=values.get("email", ""),
            name=" ".join(values.get("name", "").split())[:120],
            note=values.get("note", "").strip(),
            subscribed=as_answer(values.get("subscribed_to_emails", "")),
            is_complimentary=bool(as_answer(values.get("complimentary_plan", ""))),
            customer=values.get("stripe_customer_id", "").strip()[:120],
            created_at=moment(values.get("created_at", "")),
            labels=values.get("labels", "").strip(),
            tiers=values.get("tiers", "").strip() or values.get("import_tier", "").strip(),
            is_gift=bool(values.get("gift_id", "").strip()),
        )


def clean_cell(cell: str) -> str:
    """Return what a cell held before it was made safe for spreadsheets, without letters that no database holds."""
    return UNWANTED.sub("", ESCAPED.sub("", cell, count=1) if ESCAPED.match(cell) else cell)
