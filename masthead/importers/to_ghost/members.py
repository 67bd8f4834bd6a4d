"""The list of members as Ghost's own CSV file."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any, Final

from django.db.models import Q

from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.billing.models import Customer
from masthead.importers.to_ghost.ids import Ids, made
from masthead.importers.to_ghost.spooling import moment
from masthead.members.models import Label, Member
from masthead.newsletters.models import Choice, Suppression

HEADER: Final = "id email name note subscribed_to_emails complimentary_plan stripe_customer_id created_at deleted_at labels tiers gift_id".split()
CHUNK = 500
STEP = 10_000


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, as Ghost writes and reads it (CHECKS.md 90)."""
    return f"'{value}" if value[:1] in "=+-@\t\r" and value else value


def write_members(out: IO[bytes], *, at: datetime, say: Callable[[str], None]) -> int:
    """Write every member who may sign in, and return how many; staff only if they hold or take something.

    Ghost's list says who takes letters, not which; who holds a tier, not until when.
    """
    count = 0
    out.write(_line(HEADER))
    for row in _rows(at):
        out.write(_line(row))
        count += 1
        if count % STEP == 0:
            say(f"members: {count}")
    say(f"members: {count}")
    return count


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return text.getvalue().encode()


def _rows(at: datetime) -> Iterator[list[str]]:
    labels = dict(Label.objects.values_list("pk", "name"))
    members = Member.objects.filter(is_active=True).order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(members, CHUNK)):
        known = _Known(chunk, labels, at)
        yield from (known.row(member) for member in chunk if not member.role or known.has_something(member))


class _Known:
    """What the list says of a few members, looked up at once."""

    def __init__(self, members: Sequence[Member], labels: dict[int, str], at: datetime) -> None:
        pks = [member.pk for member in members]
        self.ids = Ids("member", pks)
        held = (
            Entitlement.objects.current(at)
            .filter(member__in=pks)
            .select_related("tier")
            .order_by("tier__position", "pk")
        )
        self.held: dict[int, list[Entitlement]] = _grouped((row.member_id, row) for row in held)
        bought = Customer.objects.filter(member__in=pks, provider="stripe").order_by("provider_id")
        self.customers = _grouped(bought.values_list("member_id", "provider_id"))
        between = Member.labels.through._default_manager.filter(member__in=pks).order_by("label__name")
        self.labels = _grouped((pk, labels[label]) for pk, label in between.values_list("member_id", "label_id"))
        self.taking = set(Choice.objects.filter(member__in=pks, takes=True).values_list("member_id", flat=True))
        emails = [member.email for member in members]
        self.closed = set(Suppression.objects.filter(Q(email__in=emails)).values_list("email", flat=True))

    def has_something(self, member: Member) -> bool:
        return bool(member.pk in self.held or member.pk in self.customers or member.pk in self.taking)

    def row(self, member: Member) -> list[str]:
        held = self.held.get(member.pk, [])
        why = {entitlement.why for entitlement in held}
        is_given = bool(held) and why == {Why.COMPLIMENTARY}
        id = self.ids.of(member.pk, member.public_id)
        return [
            id,
            member.email,
            member.name,
            member.note,
            "true" if member.pk in self.taking and member.email not in self.closed else "false",
            "true" if is_given else "",
            next(iter(self.customers.get(member.pk, [])), ""),
            moment(member.joined_at) or "",
            "",
            ",".join(self.labels.get(member.pk, [])),
            ",".join(dict.fromkeys(entitlement.tier.name for entitlement in held)),
            made("gift", id) if why == {Why.GIFT} else "",
        ]


def _grouped(pairs: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for pk, value in pairs:
        found.setdefault(pk, []).append(value)
    return found
