"""One batch of members, of the list or of the running site: what is here of them already, looked up at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.kept_ids import public_id_from
from masthead.importers.ghost.labels import Labels
from masthead.importers.ghost.member_access import Tiers
from masthead.importers.ghost.run import Run
from masthead.importers.models import Counterpart
from masthead.members.deleting import hash_of
from masthead.members.models import Member, Tombstone
from masthead.newsletters.models import Newsletter

KIND = "member"


class Listed(Protocol):
    """A member as the list or the running site tells of them."""

    @property
    def where(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def address_key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def created_at(self) -> datetime | None: ...

    def is_as_before(self, known: Counterpart) -> bool: ...
    def note_state(self, known: Counterpart) -> None: ...
    def label_names(self, known: Collection[str]) -> list[str]: ...


AnyRow = TypeVar("AnyRow", bound=Listed)
AnyListed = TypeVar("AnyListed", bound=Listed, covariant=True)
Good = list[tuple[AnyRow, str]]  # rows, each with the address to which mail can be sent


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
class Entry(Generic[AnyListed]):
    """A row with its good address, what is remembered of it, and its member, who may have to be made still."""

    row: AnyListed
    email: str
    known: Counterpart
    member: Member
    is_new: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.known.facts
        return facts

    @property
    def is_double(self) -> bool:
        """Whether another row with the same address stands for the member."""
        return bool(self.facts.get("double"))

    def is_told_anew(self, name: str, mark: str) -> bool:
        """Whether Ghost says something else of this than the last time; notes what it says."""
        seen = self.facts.setdefault("seen", {})
        is_new: bool = seen.get(name) != mark
        seen[name] = mark
        return is_new


@dataclass
class Found:
    """What is here already of the members in a batch."""

    by_key: dict[str, Counterpart]
    by_id: dict[int, Member]
    by_email: dict[str, Member]
    deleted: set[str]  # addresses whose member was deleted here
    linked: set[int]  # members that a row of Ghost became already
    public_ids: set[str]  # that these rows would have, and members have already


def look_up(rows: Iterable[tuple[Listed, str]]) -> Found:
    """Look everything up that the rows of a batch, each with its good address, need."""
    keys = {key for row, _ in rows for key in (row.key, row.address_key)}
    public_ids = {public_id for row, _ in rows if (public_id := public_id_from(KIND, row.key))}
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
        {member.email: member for member in by_id.values()},
        {hashes[one] for one in gone},
        {one.object_id for one in linked if one.object_id},
        set(Member.objects.filter(public_id__in=public_ids).values_list("public_id", flat=True)),
    )
