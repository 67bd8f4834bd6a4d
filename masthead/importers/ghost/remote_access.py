"""What the running site's members hold: subscriptions, complimentary plans and gifts, with their ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.importers.ghost.counterparts import ours
from masthead.importers.ghost.customers import bring_customers
from masthead.importers.ghost.member_access import COMPLIMENTARY, GIFT, PAYING, UNKNOWN_PERIOD, source_of
from masthead.importers.ghost.member_batch import Entry
from masthead.importers.ghost.merging import mark_of
from masthead.importers.ghost.remote_member import RemoteMember
from masthead.importers.ghost.remote_subscriptions import bring_subscription
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.telling import tell
from masthead.importers.ghost.values import moment

Said = dict[str, Any]
RUNS = frozenset("active trialing past_due unpaid".split())


def bring_access(run: Run, entry: Entry[RemoteMember]) -> None:
    """Bring in what a member pays and what they were given; what the list left open is ended with that.

    A row that doubles another's address brings its subscriptions, since they are paid, and nothing else. Where one
    could not be taken over, its tier stays open for a year, as in the list: the member pays.
    """
    # Ghost shows a complimentary plan as a subscription too: one without an id.
    paid = [one for one in entry.row.rows("subscriptions") if one.get("id")]
    open_still = {_tier_id(one) for one in paid if not bring_subscription(run, entry.member, one, entry.row.where)}
    customers = (str((one.get("customer") or {}).get("id") or "") for one in paid)
    bring_customers(run, {name[:120]: entry.member.pk for name in customers if name})
    if entry.is_double:
        return
    settled = {_tier_id(one) for one in paid if one.get("status") in RUNS} - open_still
    given = [said for said in entry.row.rows("tiers") if str(said.get("id")) not in settled]
    _give(run, entry, [_given(run, entry, said, open_still) for said in given])


def _tier_id(subscription: Said) -> str:
    told = subscription.get("price") or {}
    return str((subscription.get("tier") or {}).get("id") or (told.get("tier") or {}).get("tier_id") or "")


@dataclass(frozen=True)
class _Given:
    """What a member holds without a subscription of ours; `mark` tells whether Ghost says another end since."""

    source: str
    tier: Tier
    why: Why
    ends_at: datetime | None
    mark: str


def _given(run: Run, entry: Entry[RemoteMember], said: Said, open_still: set[str]) -> _Given | None:
    """Read what is held of one tier; None, and a line in the report, for a tier that is not here."""
    tier = Tier.objects.filter(pk=ours("tier", str(said.get("id"))) or 0).first()
    if tier is None:
        what = f"holds a tier that was not imported ({str(said.get('name'))[:80]})"
        tell(run, "members with a tier that is not here", entry.row.where, what)
        return None
    is_gift, is_open = entry.row.text("status") == "gift", str(said.get("id")) in open_still
    kind, why = (
        (PAYING, Why.IMPORTED) if is_open else (GIFT, Why.GIFT) if is_gift else (COMPLIMENTARY, Why.COMPLIMENTARY)
    )
    ends_at = moment(said.get("expiry_at"))
    if ends_at is None and kind != COMPLIMENTARY:
        what = f"holds “{tier.name}” without a known end, so it is open for a year from now"
        tell(run, "members without a known end", entry.row.where, what)
        ends_at = run.at + UNKNOWN_PERIOD
    return _Given(source_of(kind, entry.row.key, tier), tier, why, ends_at, mark_of(str(said.get("expiry_at"))))


def _give(run: Run, entry: Entry[RemoteMember], given: list[_Given | None]) -> None:
    """Give it, and end what an earlier run gave and Ghost no longer does; what was ended or moved here since stays so."""
    before, held = entry.facts.get("gave", []), [one for one in given if one]
    for source in set(before) - {one.source for one in held}:
        end_entitlement(source, at=run.at)
    for one in held:
        if entry.is_told_anew(one.source, one.mark) or one.source not in before:
            entitle(
                entry.member, one.tier, source=one.source, why=one.why, starts_at=run.at, ends_at=one.ends_at, at=run.at
            )
            run.report.count("members complimentary or gifts")
    entry.facts["gave"] = sorted(one.source for one in held)
