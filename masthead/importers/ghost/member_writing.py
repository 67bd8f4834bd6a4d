"""Writing a batch of members: their own fields, labels, access, newsletters, and what is remembered of them."""

from masthead.importers.ghost.counterparts import fingerprint
from masthead.importers.ghost.labels import change_labels
from masthead.importers.ghost.member_access import open_as_listed
from masthead.importers.ghost.member_batch import Entry, Shared, holders
from masthead.importers.ghost.merging import mark_of, merge
from masthead.importers.ghost.names import split_names
from masthead.importers.ghost.run import Run
from masthead.importers.models import Counterpart
from masthead.members.models import Member
from masthead.newsletters.choosing import bring_choices, is_given_at_first

FIELDS = ("email", "name", "note")


def write(run: Run, shared: Shared, entries: list[Entry]) -> None:
    """Write all of it in the batch's own transaction."""
    _write_members(run, entries)
    whole = [entry for entry in entries if not entry.facts.get("double")]
    _write_labels(shared, [entry for entry in whole if not entry.member.role])
    for entry in whole:
        _write_access(run, shared, entry)
    _write_choices(run, shared, whole)
    _remember(run, entries)
    for entry in entries:
        run.report.count(f"members {_word(entry)}")


def _word(entry: Entry) -> str:
    if entry.facts.get("double"):
        return "left out"
    return "created" if entry.is_new else "updated"


def _write_members(run: Run, entries: list[Entry]) -> None:
    """Make the new ones, and change what the file changed in the others; staff keep what they are called."""
    Member.objects.bulk_create([entry.member for entry in entries if entry.is_new])
    changed = []
    for entry in entries:
        row, member = entry.row, entry.member
        if entry.facts.get("double"):
            continue
        told = {"email": entry.email, "name": row.name, "note": row.note}
        if not entry.is_new and not member.role:
            seen = entry.facts.get("seen", {})
            changed += [member] if merge(member, told, seen, overwrite=run.options.overwrite) else []
        entry.facts.setdefault("seen", {}).update({name: mark_of(value) for name, value in told.items()})
    Member.objects.bulk_update(changed, FIELDS)


def _write_labels(shared: Shared, entries: list[Entry]) -> None:
    change: dict[int, tuple[list[int], list[int]]] = {}
    for entry in entries:
        if entry.is_told_anew("labels", mark_of(entry.row.labels)):
            before = entry.facts.get("labels", [])
            now = shared.labels.ids(split_names(entry.row.labels, shared.labels.names))
            change[entry.member.pk] = (before, now)
            entry.facts["labels"] = now
    change_labels(change)


def _write_access(run: Run, shared: Shared, entry: Entry) -> None:
    row = entry.row
    if not entry.is_told_anew("access", fingerprint(row.is_complimentary, row.tiers, row.is_gift)[:16]):
        return
    before = entry.facts.get("gave", [])
    if row.tiers or row.is_complimentary or before:
        entry.facts["gave"] = open_as_listed(run, shared.tiers, row, entry.member, before)


def _write_choices(run: Run, shared: Shared, entries: list[Entry]) -> None:
    """Write a guess of who takes what, or a no to everything; what the running site said exactly is only taken away."""
    told = [entry for entry in entries if entry.is_told_anew("subscribed", str(entry.row.subscribed))]
    paying = holders([entry.member.pk for entry in told], run)
    wanted: list[tuple[int, int, bool]] = []
    for entry in told:
        pk = entry.member.pk
        if entry.row.subscribed is False:
            wanted += [(pk, newsletter.pk, False) for newsletter in shared.newsletters]
        elif entry.row.subscribed and not entry.facts.get("exact"):
            takes = [one.pk for one in shared.newsletters if is_given_at_first(one, pays=pk in paying)]
            wanted += [(pk, newsletter, True) for newsletter in takes]
            run.report.count("members newsletters guessed")
    bring_choices(wanted, at=run.at)


def _remember(run: Run, entries: list[Entry]) -> None:
    for entry in entries:
        entry.known.object_id, entry.known.fingerprint = entry.member.pk, entry.row.state
        entry.known.imported_at = run.at
    Counterpart.objects.bulk_create([entry.known for entry in entries if not entry.has_been])
    known = [entry.known for entry in entries if entry.has_been]
    Counterpart.objects.bulk_update(known, ["foreign_id", "object_id", "fingerprint", "facts", "imported_at"])
