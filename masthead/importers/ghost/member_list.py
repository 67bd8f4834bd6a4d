"""What only the list of members says: what they hold, and whether they take any newsletter."""

from masthead.access.models import Entitlement
from masthead.importers.ghost.counterparts import fingerprint
from masthead.importers.ghost.customers import bring_customers
from masthead.importers.ghost.member_access import open_as_listed
from masthead.importers.ghost.member_batch import Entry, Shared
from masthead.importers.ghost.member_file import MemberRow
from masthead.importers.ghost.run import Run
from masthead.newsletters.choosing import bring_choices, is_given_at_first

ListEntry = Entry[MemberRow]


def write_listed(run: Run, shared: Shared, entries: list[ListEntry]) -> None:
    """Write access, newsletters and Stripe's names of a batch; rows that double another give only the last."""
    whole = [entry for entry in entries if not entry.is_double]
    for entry in whole:
        _write_access(run, shared, entry)
    _write_choices(run, shared, whole)
    bring_customers(run, {entry.row.customer: entry.member.pk for entry in entries if entry.row.customer})


def _write_access(run: Run, shared: Shared, entry: ListEntry) -> None:
    """Once the running site told what somebody pays, the list counts for complimentary plans alone."""
    row, before = entry.row, entry.facts.get("gave", [])
    if not entry.is_told_anew("access", fingerprint(row.is_complimentary, row.tiers, row.is_gift)[:16]):
        return
    if entry.facts.get("exact") and not row.is_complimentary:
        return
    if row.tiers or row.is_complimentary or before:
        entry.facts["gave"] = open_as_listed(run, shared.tiers, row, entry.member, before)


def _write_choices(run: Run, shared: Shared, entries: list[ListEntry]) -> None:
    """Write a guess of who takes what, or a no to everything; what the running site said exactly is only taken away."""
    told = [entry for entry in entries if entry.is_told_anew("subscribed", str(entry.row.subscribed))]
    paying = _holders(run, told)
    wanted: list[tuple[int, int, bool]] = []
    for entry in told:
        pk = entry.member.pk
        if entry.row.subscribed is False:
            wanted += [(pk, newsletter.pk, False) for newsletter in shared.newsletters]
        elif entry.row.subscribed and not entry.facts.get("exact"):
            given = [one.pk for one in shared.newsletters if is_given_at_first(one, pays=pk in paying)]
            wanted += [(pk, newsletter, True) for newsletter in given]
            run.report.count("members newsletters guessed")
    bring_choices(wanted, at=run.at)


def _holders(run: Run, entries: list[ListEntry]) -> set[int]:
    """Return the ids of those who hold any tier now."""
    held = Entitlement.objects.current(run.at).filter(member__in=[entry.member.pk for entry in entries])
    return set(held.values_list("member_id", flat=True))
