"""Members of Ghost as ours, from its list (CSV)."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from masthead.core import events
from masthead.importers.ghost.labels import Labels
from masthead.importers.ghost.member_batch import Entry, Shared, bring_customers, look_up
from masthead.importers.ghost.member_file import MemberFile, MemberRow
from masthead.importers.ghost.member_matching import match
from masthead.importers.ghost.member_writing import write
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import ExportError
from masthead.importers.ghost.values import address
from masthead.importers.report import one_line

BATCH = 300  # rows of one transaction
MOST_LINES = 300  # of one kind in the report; the rest is only counted


def bring_members(run: Run) -> None:
    """Bring in every member of the list, in batches, a transaction each; a list of a million takes no more memory.

    A member who is here already, by id or by address, is the same one. Staff keep their name and role. Who was deleted
    here stays deleted. A second run changes only what changed in the file since, and nothing that was changed here.
    """
    if run.options.members is None:
        return
    try:
        listed = MemberFile(run.options.members)
    except (ExportError, OSError) as error:
        run.problem("members", f"was not imported: {error}")
        run.report.count("members failed")
        return
    _warn(run, listed)
    shared, total, done = Shared.of(run), listed.count(), 0
    rows = listed.rows()
    while batch := list(islice(rows, BATCH)):
        _bring(run, shared, list(_good(run, batch)))
        done += len(batch)
        run.progress("members", done, max(total, done))
    _tell_guesses(run)


def _bring(run: Run, shared: Shared, good: list[tuple[MemberRow, str]], tries: int = 2) -> None:
    """Write a batch; one that fails is written again, then in halves, so that a row which cannot come in is alone."""
    before = dict(run.report.counts)
    try:
        _write(run, shared, good)
        return
    except Exception as error:  # no single row may stop the others; somebody may have signed up this very moment
        run.report.counts = before
        shared.labels = Labels()
        if len(good) == 1 and tries == 1:
            left_out(run, good[0][0].where, f"an unexpected {type(error).__name__}; please report it", "failed")
            return
    half = (len(good) + 1) // 2
    for part in (good[:half], good[half:]):
        if part:
            _bring(run, shared, part, tries if len(good) > 1 else tries - 1)


def _write(run: Run, shared: Shared, good: list[tuple[MemberRow, str]]) -> None:
    with transaction.atomic():
        entries = match(run, good, look_up(good))
        if entries:
            write(run, shared, entries)
            bring_customers(run, _customers(entries))
            events.write("members.imported", "import:ghost", at=run.at, rows=len(entries))


def _customers(entries: list[Entry]) -> dict[str, int]:
    return {entry.row.customer: entry.member.pk for entry in entries if entry.row.customer}


def _good(run: Run, batch: list[MemberRow | tuple[int, str]]) -> Iterator[tuple[MemberRow, str]]:
    """Give the rows that have an address to which mail can be sent (CHECKS.md 77); report the others."""
    for row in batch:
        if not isinstance(row, MemberRow):
            left_out(run, f"members row {row[0]}", row[1])
        elif email := address(row.email):
            yield row, email
        else:
            shown = one_line(row.email.strip()[:80])
            left_out(run, row.where, f"“{shown}” is no address that mail can be sent to, so this one was left out")


def left_out(run: Run, where: str, what: str, word: str = "left out") -> None:
    """Count a row that did not come in and say why, as long as the report is not full of them."""
    run.report.count(f"members {word}")
    if run.report.counts[f"members {word}"] <= MOST_LINES:
        run.problem(where, what)


def _warn(run: Run, listed: MemberFile) -> None:
    if "subscribed_to_emails" not in listed.columns:
        run.problem("members", "the list does not say who takes newsletters, so nobody new takes one by it")
    if "id" not in listed.columns:
        run.problem("members", "the list has no ids, so members are known by their address alone")


def _tell_guesses(run: Run) -> None:
    """Say what the list left open, unless the running site is asked for it next."""
    if run.options.site and run.options.key:
        return
    if run.report.counts.get("members newsletters guessed"):
        run.problem(
            "members",
            "the list only says whether somebody takes any newsletter: who does was given all that new members get. "
            "Run the import with --site and a key to bring in what each of them takes",
        )
    if paying := run.report.counts.get("members paying, their period not known"):
        run.problem(
            "members",
            f"{paying} pay, and the list does not say until when: what they hold is open for a year from now. "
            "Run the import with --site and a key, or connect the payment provider, to bring in the true dates",
        )
