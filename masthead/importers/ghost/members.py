"""Members of Ghost as ours, from its list (CSV)."""

from collections.abc import Iterator
from itertools import islice

from masthead.importers.ghost.member_batch import Shared
from masthead.importers.ghost.member_file import MemberFile, MemberRow
from masthead.importers.ghost.member_list import write_listed
from masthead.importers.ghost.member_writing import bring_batch
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import ExportError
from masthead.importers.ghost.telling import tell
from masthead.importers.ghost.values import address
from masthead.importers.report import one_line

BATCH = 300  # rows of one transaction


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
        bring_batch(run, shared, list(_good(run, batch)), write_listed, "members")
        done += len(batch)
        run.progress("members", done, max(total, done))
    _tell_guesses(run)


def _good(run: Run, batch: list[MemberRow | tuple[int, str]]) -> Iterator[tuple[MemberRow, str]]:
    """Give the rows that have an address to which mail can be sent (CHECKS.md 77); report the others."""
    for row in batch:
        if not isinstance(row, MemberRow):
            tell(run, "members left out", f"members row {row[0]}", row[1])
        elif email := address(row.email):
            yield row, email
        else:
            shown = one_line(row.email.strip()[:80])
            what = f"“{shown}” is no address that mail can be sent to, so this one was left out"
            tell(run, "members left out", row.where, what)


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
