"""Members of the running site: what its list does not hold of them."""

from masthead.importers.ghost.counterparts import all_ours
from masthead.importers.ghost.member_batch import Entry, Good, Shared
from masthead.importers.ghost.member_writing import bring_batch
from masthead.importers.ghost.places_reached import reached
from masthead.importers.ghost.remote import Ghost
from masthead.importers.ghost.remote_access import bring_access
from masthead.importers.ghost.remote_member import RemoteMember
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.telling import tell
from masthead.importers.ghost.values import address, moment
from masthead.newsletters.choosing import bring_choices
from masthead.newsletters.models.suppression import Reason
from masthead.newsletters.old_links import remember_links
from masthead.newsletters.suppressing import suppress

STAGE = "remote members"


def bring_remote_members(run: Run, ghost: Ghost) -> None:
    """Bring in every member of the running site, page by page; one that was stopped goes on at its page.

    Raises GhostError. Members who joined since the list was made, or without a list at all, are made here.
    """
    shared, names = Shared.of(run), all_ours("newsletter")

    def write(run: Run, shared: Shared, entries: list[Entry[RemoteMember]]) -> None:
        _write(run, entries, names)

    with reached("members", run.at) as place:
        for batch in ghost.batches("members", place.next):
            bring_batch(run, shared, _good(run, [RemoteMember(row) for row in batch.rows]), write, STAGE)
            place.note(batch.number)
            run.progress(STAGE, min(batch.number * 100, batch.total), batch.total)


def _good(run: Run, rows: list[RemoteMember]) -> Good[RemoteMember]:
    good = []
    for row in rows:
        if email := address(row.text("email")):
            good.append((row, email))
        else:
            tell(run, f"{STAGE} left out", row.where, "has no address that mail can be sent to")
    return good


def _write(run: Run, entries: list[Entry[RemoteMember]], names: dict[str, int]) -> None:
    whole = [entry for entry in entries if not entry.is_double]
    for entry in entries:
        bring_access(run, entry)
    _write_choices(run, whole, names)
    for entry in whole:
        _suppress(run, entry)
    remember_links({one.row.uuid: (one.member.pk, one.row.link_key) for one in entries if one.row.uuid})


def _write_choices(run: Run, entries: list[Entry[RemoteMember]], names: dict[str, int]) -> None:
    """Write exactly who takes which newsletter: a yes or a no for each that came from Ghost."""
    wanted = []
    for entry in entries:
        if not isinstance(entry.row.said.get("newsletters"), list):
            what = "does not say which newsletters they take; nothing was changed"
            tell(run, "members without word of newsletters", entry.row.where, what)
            continue
        taken = {str(one.get("id")) for one in entry.row.rows("newsletters")}
        for unknown in taken - names.keys():
            what = f"takes a newsletter that was not imported ({unknown[:30]})"
            tell(run, "newsletters that are not here", entry.row.where, what)
        wanted += [(entry.member.pk, pk, name in taken) for name, pk in names.items()]
    changed = bring_choices(wanted, at=run.at)
    run.report.counts["newsletter choices"] = run.report.counts.get("newsletter choices", 0) + changed


def _suppress(run: Run, entry: Entry[RemoteMember]) -> None:
    """Keep an address that Ghost does not mail any more from being mailed here; nothing takes that back."""
    said = entry.row.said.get("email_suppression")
    if not isinstance(said, dict) or not said.get("suppressed"):
        return
    info = said.get("info") if isinstance(said.get("info"), dict) else {}
    reason = Reason.COMPLAINT if info and info.get("reason") == "spam" else Reason.BOUNCE
    at = (moment(info.get("timestamp")) if info else None) or run.at
    if suppress(entry.email, reason, source=f"ghost:{entry.row.key}", at=at):
        run.report.count("addresses not mailed any more")
