"""One batch of the list of members: what is known of its rows, looked up at once, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from masthead.access.models import Entitlement
from masthead.billing.models import Customer
from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.labels import Labels
from masthead.importers.ghost.member_access import Tiers
from masthead.importers.ghost.member_file import MemberRow
from masthead.importers.ghost.run import Run
from masthead.importers.models import Counterpart
from masthead.members.deleting import hash_of
from masthead.members.models import Member, Tombstone
from masthead.newsletters.models import Newsletter

KIND = "member"


@dataclass
class Shared:
    """What every batch of a run needs."""

    tiers: Tiers
    labels: Labels
    newsletters: list[Newsletter]

    @classmethod
    def of(cls, run: Run) -> "Shared":
        """Look it up."""
        return cls(Tiers.of(run), Labels(), list(Newsletter.objects.all()))


@dataclass
class Entry:
    """A row with its good address, what is remembered of it, and its member."""

    row: MemberRow
    email: str
    known: Counterpart
    member: Member
    is_new: bool = False  # the member is made by this row

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.known.facts
        return facts

    @property
    def has_been(self) -> bool:
        """Whether an earlier run brought it in."""
        return self.known.pk is not None

    def is_told_anew(self, name: str, value: str) -> bool:
        """Whether the file says something else than the last time; notes what it says."""
        seen = self.facts.setdefault("seen", {})
        is_new: bool = seen.get(name) != value
        seen[name] = value
        return is_new


@dataclass
class Found:
    """What is here already of the members in a batch."""

    by_key: dict[str, Counterpart]
    by_id: dict[int, Member]
    by_email: dict[str, Member]
    deleted: set[str]  # addresses whose member was deleted here
    linked: set[int]  # members that a row of Ghost became already


def look_up(rows: Iterable[tuple[MemberRow, str]]) -> Found:
    """Look everything up that the rows of a batch, each with its good address, need."""
    keys = {key for row, _ in rows for key in (row.key, row.address_key)}
    emails = {email for _, email in rows}
    by_key = {one.foreign_id: one for one in Counterpart.objects.filter(source=SOURCE, kind=KIND, foreign_id__in=keys)}
    ids = {one.object_id for one in by_key.values() if one.object_id}
    members = list(Member.objects.filter(pk__in=ids)) + list(Member.objects.filter(email__in=emails))
    by_id = {member.pk: member for member in members}
    hashes = {hash_of(email): email for email in emails}
    gone = Tombstone.objects.filter(email_hash__in=hashes).values_list("email_hash", flat=True)
    linked = Counterpart.objects.filter(source=SOURCE, kind=KIND, object_id__in=by_id)
    return Found(
        by_key,
        by_id,
        {member.email: by_id[member.pk] for member in members},
        {hashes[one] for one in gone},
        {one.object_id for one in linked if one.object_id},
    )


def holders(members: Iterable[int], run: Run) -> set[int]:
    """Return those of the members who hold any tier now."""
    held = Entitlement.objects.current(run.at).filter(member__in=list(members))
    return set(held.values_list("member_id", flat=True))


def bring_customers(run: Run, wanted: dict[str, int]) -> None:
    """Remember what Stripe calls members, as name -> member id; a name that is another's stays theirs and is reported."""
    held = dict(Customer.objects.filter(provider="stripe", provider_id__in=wanted).values_list("provider_id", "member"))
    for name, member in wanted.items():
        if held.get(name, member) != member:
            run.problem(f"Stripe customer {name}", "is two members; the first keeps it")
    Customer.objects.bulk_create(
        [
            Customer(member_id=pk, provider="stripe", provider_id=name)
            for name, pk in wanted.items()
            if name not in held
        ],
        ignore_conflicts=True,
    )
