"""One run of an import: what every stage works with, and how it goes through rows."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from masthead.content.addresses import AddressError
from masthead.content.document import DocumentError
from masthead.content.editing import EditConflict
from masthead.core import events
from masthead.importers.ghost.images import Images
from masthead.importers.ghost.options import Options
from masthead.importers.ghost.staging import Row, Staged
from masthead.importers.report import Report

BATCH = 200  # rows that are prepared together,
LONGEST_WAIT = 3.0  # or seconds: what is fetched should be kept soon
LONGEST_BATCH = 0.8  # seconds of one transaction: readers must be able to write meanwhile
# Stages whose rows stand on public pages and write no event of their own.
SHOWN = frozenset(("authors", "tags", "tiers", "prices", "offers", "redirects"))
Progress = Callable[[str, int, int], None]
Item = TypeVar("Item", bound=dict[str, Any])


class RowError(ValueError):
    """A row that cannot be brought in; the message says why and what to do."""


EXPECTED = (RowError, AddressError, DocumentError, EditConflict)


def silent(stage: str, done: int, total: int) -> None:
    """Say nothing of how far a stage is."""


@dataclass
class Run:
    """What the stages share. `home` is the address of the site at Ghost, without a slash at its end; empty if not known."""

    staged: Staged
    options: Options
    report: Report
    images: Images
    at: datetime
    home: str = ""
    progress: Progress = silent
    comparison: list[str] = field(default_factory=list)  # lines of a summary, once all is through
    facts: dict[str, Any] = field(default_factory=dict)  # what one stage finds and another needs

    def problem(self, row: Row | str, what: str) -> None:
        """Report what was not understood, or left out, and where."""
        self.report.problem(row.named if isinstance(row, Row) else row, what)

    def each(
        self,
        stage: str,
        rows: Iterable[Item],
        total: int,
        act: Callable[["Run", Item], str],
        *,
        before: Callable[["Run", Item], None] | None = None,
    ) -> None:
        """Let `act` bring in each row and say in a word what it did ("created", "updated", "unchanged", "left alone").

        Rows go in batches, a transaction each; a row that fails is taken back alone and reported, and the others go on.
        `before` is called for each row outside the transaction: there, files may be fetched.
        """
        done = 0
        waiting = iter(rows)
        while batch := list(_some(waiting, before, self)):
            done += self._bring_in(stage, batch, act)
            self.progress(stage, done, total)

    def _bring_in(self, stage: str, batch: list[Item], act: Callable[["Run", Item], str]) -> int:
        """Bring in a batch; what takes too long is split, so that no transaction is much longer than a second."""
        start = 0
        while start < len(batch):
            ends_at = time.monotonic() + LONGEST_BATCH
            words: list[str] = []
            with transaction.atomic():
                while start < len(batch) and time.monotonic() < ends_at:
                    words.append(self._one(batch[start], act))
                    start += 1
                self._tell(stage, words)
            for word in words:
                self.report.count(f"{stage} {word}")
        return len(batch)

    def _tell(self, stage: str, words: list[str]) -> None:
        """Say in one event what a batch changed of what readers see, so that no page shows what was there before."""
        rows = sum(word in ("created", "updated") for word in words)
        if rows and stage in SHOWN:
            events.write("publication.imported", "import:ghost", at=self.at, stage=stage, rows=rows)

    def _one(self, row: Item, act: Callable[["Run", Item], str]) -> str:
        try:
            with transaction.atomic():
                return act(self, row)
        except EXPECTED as error:
            what = str(error)
        except Exception as error:  # no single row may stop the others; its savepoint is rolled back
            what = f"an unexpected {type(error).__name__} ({str(error)[:120]}); please report it"
        self.problem(row.named if isinstance(row, Row) else _named(row), f"was not imported: {what}")
        return "failed"


def _some(waiting: Iterator[Item], before: Callable[[Run, Item], None] | None, run: Run) -> Iterator[Item]:
    ends_at = time.monotonic() + LONGEST_WAIT
    for number, row in enumerate(waiting, 1):
        if before:
            _prepare(row, before, run)
        yield row
        if number == BATCH or time.monotonic() > ends_at:
            return


def _prepare(row: Item, before: Callable[[Run, Item], None], run: Run) -> None:
    try:
        before(run, row)
    except Exception as error:  # as in `_one`: the row itself may still come in
        run.problem(
            row.named if isinstance(row, Row) else _named(row), f"an unexpected {type(error).__name__}: {error}"
        )


def _named(row: dict[str, Any]) -> str:
    return f"row {row.get('id') or row.get('email') or ''}".strip()
