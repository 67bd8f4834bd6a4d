"""What Ghost says of its members, beside what stands here: the members' part of a rehearsal."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from masthead.importers.ghost.comparing_remote import remote_differences
from masthead.importers.ghost.member_access import COMPLIMENTARY, Tiers
from masthead.importers.ghost.member_file import MemberFile, MemberRow
from masthead.importers.ghost.members_here import Here, deleted_here, masked, members_here
from masthead.importers.ghost.names import split_names
from masthead.importers.ghost.remote import Ghost
from masthead.importers.ghost.remote_member import RemoteMember
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import ExportError
from masthead.importers.ghost.telling import tell
from masthead.importers.ghost.values import address

BATCH = 500


def compare_list(run: Run) -> None:
    """Compare every row of the list with the member it became: counts, and a line for each difference.

    No line holds an address: it stands there as its first letter and its domain.
    """
    if run.options.members is None:
        return
    try:
        rows = _rows(MemberFile(run.options.members))
    except (ExportError, OSError):
        return  # reported when it was to be brought in
    tiers = Tiers.of(run)
    while batch := dict(islice(rows, BATCH)):
        _compare(run, "the list", batch, lambda row, here: list_differences(tiers, row, here))


def compare_remote(run: Run, ghost: Ghost) -> None:
    """Compare every member of the running site in the same way; raises GhostError."""
    for found in ghost.batches("members"):
        people = (RemoteMember(row) for row in found.rows)
        batch = {email: one for one in people if (email := address(one.text("email")))}
        _compare(run, "the running site", batch, lambda row, here: remote_differences(run, row, here))


def _rows(listed: MemberFile) -> Iterator[tuple[str, MemberRow]]:
    for row in listed.rows():
        if isinstance(row, MemberRow) and (email := address(row.email)):
            yield email, row


def _compare(run: Run, source: str, batch: dict[str, Any], differences: Callable[[Any, Here], Iterable[str]]) -> None:
    here, gone = members_here(run, batch.keys()), deleted_here(batch.keys())
    for email, row in batch.items():
        if email not in here:
            found = [] if email in gone else ["is missing here"]
        else:
            found = list(differences(row, here[email]))
        if found:
            what = f"compared with {source}: {'; '.join(found)}"
            tell(run, f"members of {source} different", f"{row.where} ({masked(email)})", what)
        else:
            run.report.count(f"members of {source} {'as there' if email in here else 'deleted here'}")


def list_differences(tiers: Tiers, row: MemberRow, here: Here) -> Iterator[str]:
    """Say in words what differs between a row of the list and a member here."""
    takes_any = any(here.takes.values())
    if row.subscribed and not here.takes:
        yield "takes newsletters there, and nothing is known of it here"
    if row.subscribed is False and takes_any and not here.chose:
        yield "takes no newsletter there and some here"
    is_complimentary = any(source.startswith(f"{COMPLIMENTARY}:") for source in here.held)
    if row.is_complimentary != is_complimentary:
        yield f"has {'a' if row.is_complimentary else 'no'} complimentary plan there and {'one' if is_complimentary else 'none'} here"
    for name in split_names(row.tiers, tiers.by_name):
        tier = tiers.by_name.get(name)
        if tier is None or tier.pk not in here.held.values():
            yield f"holds “{name[:80]}” there and not here"
    if row.customer and row.customer not in here.customers:
        yield f"is the Stripe customer {row.customer} there and not here"
    if not row.tiers and not row.is_complimentary and any(_is_imported(source) for source in here.held):
        yield "holds nothing there and a tier here"


def _is_imported(source: str) -> bool:
    return source.startswith(("ghost:paying:", "ghost:gift:"))
