"""Which of our members a row is."""

from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.kept_ids import kept_id
from masthead.importers.ghost.member_batch import KIND, AnyRow, Entry, Found, Good, Listed
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.telling import tell
from masthead.importers.models import Counterpart
from masthead.members.models import Member


class _LeftOut(Exception):
    """A row that brings nothing in: (word to count, what to report)."""


GONE = ("left alone", "was deleted here, and stays deleted")


def match(run: Run, stage: str, good: Good[AnyRow], found: Found) -> list[Entry[AnyRow]]:
    """Return an entry for each row that is new or changed, with its member, who may have to be made still.

    By its id, then by its address; a second row with an address, in whatever case, is the same member and changes
    nothing. Left alone are rows whose member was deleted here, by id or by address.
    """
    entries = []
    for row, email in good:
        try:
            entries.append(_entry(run, row, email, found))
        except _LeftOut as left:
            word, what = f"{stage} {left.args[0]}", left.args[1]
            if what:
                tell(run, word, row.where, what)
            else:
                run.report.count(word)
    return entries


def _entry(run: Run, row: AnyRow, email: str, found: Found) -> Entry[AnyRow]:
    known = found.by_key.get(row.key)
    if known is None:
        return _first(run, row, email, found)
    if known._state.adding:
        raise _LeftOut("left out", "has the id of a row before it, so it was left out")
    if row.is_as_before(known) and not run.options.overwrite:
        raise _LeftOut("unchanged", "")
    return _again(run, row, email, known, found)


def _first(run: Run, row: AnyRow, email: str, found: Found) -> Entry[AnyRow]:
    """Match a row whose id never came in before."""
    member, nameless = found.by_email.get(email), found.by_key.get(row.address_key)
    if nameless and not nameless._state.adding:  # it came from a list without ids
        nameless.foreign_id = row.key
        return _again(run, row, email, nameless, found)
    if email in found.deleted:
        raise _LeftOut(*GONE)
    known = found.by_key[row.key] = Counterpart(source=SOURCE, kind=KIND, foreign_id=row.key, imported_at=run.at)
    if member is None:
        member = found.by_email[email] = _made(run, row, email, found)
        return Entry(row, email, known, member, is_new=True)
    if member._state.adding or member.pk in found.linked:
        what = "has the address of another row, which stands; this one leads to the same member"
        tell(run, "addresses that stand twice", row.where, what)
        known.facts["double"] = True
    found.linked.add(member.pk)
    return Entry(row, email, known, member)


def _again(run: Run, row: AnyRow, email: str, known: Counterpart, found: Found) -> Entry[AnyRow]:
    """Match a row that came in before and changed since."""
    member = found.by_id.get(known.object_id or 0)
    if member is None:
        raise _LeftOut(*GONE)
    if found.by_email.setdefault(email, member) is not member:
        what = "has a new address that another member here has, so the old one stays"
        tell(run, "new addresses that were taken", row.where, what)
        email = member.email
    return Entry(row, email, known, member)


def _made(run: Run, row: Listed, email: str, found: Found) -> Member:
    kept = kept_id(KIND, Member, row.key, taken=found.public_ids)
    member = Member(email=email, name=row.name, note=row.note, joined_at=row.created_at or run.at, **kept)
    member.set_unusable_password()
    return member
