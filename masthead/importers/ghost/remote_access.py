"""What the running site's members hold: subscriptions, complimentary plans and gifts, with their ends."""

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
from masthead.importers.ghost.values import moment

RUNS = frozenset("active trialing past_due unpaid".split())


def bring_access(run: Run, entry: Entry[RemoteMember]) -> None:
    """Bring in what a member pays and what they were given; what the list left open is ended once this is settled.

    A row that doubles another's address brings its subscriptions, since they are paid, and nothing else.
    """
    # Ghost shows a complimentary plan as a subscription too: one without an id.
    paid = [one for one in entry.row.rows("subscriptions") if one.get("id")]
    is_settled = all([bring_subscription(run, entry.member, one, entry.row.where) for one in paid])
    customers = (str((one.get("customer") or {}).get("id") or "") for one in paid)
    bring_customers(run, {name[:120]: entry.member.pk for name in customers if name})
    if entry.is_double:
        return
    given = dict(_given(run, entry, {_tier_id(one) for one in paid if one.get("status") in RUNS}))
    _give(run, entry, given, keeps=not is_settled)


def _tier_id(subscription: dict[str, Any]) -> str:
    told = subscription.get("price") or {}
    return str((subscription.get("tier") or {}).get("id") or (told.get("tier") or {}).get("tier_id") or "")


def _given(run: Run, entry: Entry[RemoteMember], paid: set[str]) -> list[tuple[str, tuple[Tier, datetime | None]]]:
    """Return what is held without a subscription, as source -> (tier, its end)."""
    kind = GIFT if entry.row.text("status") == "gift" else COMPLIMENTARY
    given = []
    for said in entry.row.rows("tiers"):
        tier = Tier.objects.filter(pk=ours("tier", str(said.get("id"))) or 0).first()
        if str(said.get("id")) in paid:
            continue
        if tier is None:
            run.problem(entry.row.where, f"holds a tier that was not imported ({str(said.get('name'))[:80]})")
            continue
        given.append((source_of(kind, entry.row.key, tier), (tier, _end(run, entry, said, kind))))
    return given


def _end(run: Run, entry: Entry[RemoteMember], said: dict[str, Any], kind: str) -> datetime | None:
    ends_at = moment(said.get("expiry_at"))
    if ends_at is None and kind == GIFT:
        run.problem(entry.row.where, "has a gift without an end, which is open for a year from now")
        return run.at + UNKNOWN_PERIOD
    return ends_at


def _give(run: Run, entry: Entry[RemoteMember], given: dict[str, tuple[Tier, datetime | None]], *, keeps: bool) -> None:
    """Give it, and end what an earlier run gave and Ghost no longer does; with `keeps`, not what the list left open."""
    before = entry.facts.get("gave", [])
    kept = [source for source in before if keeps and source.startswith(f"{PAYING}:")]
    for source in set(before) - given.keys() - set(kept):
        end_entitlement(source, at=run.at)
    for source, (tier, ends_at) in given.items():
        if not entry.is_told_anew(source, mark_of(ends_at)) and source in before:
            continue  # ended or moved here since, perhaps
        why = Why.GIFT if source.startswith(f"{GIFT}:") else Why.COMPLIMENTARY
        entitle(entry.member, tier, source=source, why=why, starts_at=run.at, ends_at=ends_at, at=run.at)
        run.report.count("members complimentary or gifts")
    entry.facts["gave"] = sorted([*given, *kept])
