"""Taking over a subscription that another system began, and that goes on at the provider as it is."""

from datetime import datetime

from django.db import transaction

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.billing.models import Price, Subscription
from masthead.billing.models.subscription import State
from masthead.core import events
from masthead.members.models import Member

# Stripe's words (docs.stripe.com/api/subscriptions/object). One that is `incomplete` was never paid and is not taken over.
STRIPE_STATES = {
    "active": State.ACTIVE,
    "trialing": State.ACTIVE,
    "past_due": State.PAST_DUE,
    "unpaid": State.PAST_DUE,
    "paused": State.PAST_DUE,
    "canceled": State.ENDED,
    "incomplete_expired": State.ENDED,
}


class NotTaken(ValueError):
    """The subscription is another member's here; nothing was written."""


def take_over(
    member: Member,
    *,
    provider_id: str,
    price: Price,
    state: State,
    started_at: datetime,
    period_ends_at: datetime,
    paid_until: datetime,
    cancels_at_period_end: bool = False,
    provider: str = "stripe",
    at: datetime,
) -> bool:
    """Write the subscription as another system tells it, with its entitlement; say whether anything changed.

    No provider is called, and nobody is charged, now or by this. The same provider id again changes that one row. Once
    its provider is configured here, the provider's own word counts and a known row is left alone. Raises NotTaken.
    """
    told: dict[str, object] = {
        "price": price,
        "state": state,
        "period_ends_at": period_ends_at,
        "paid_until": paid_until,
        "cancels_at_period_end": cancels_at_period_end,
    }
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(provider=provider, provider_id=provider_id).first()
        if row is None:
            row = Subscription(member=member, provider=provider, provider_id=provider_id, started_at=started_at)
            row.ended_at = row.lapsed_at = min(period_ends_at, at) if state == State.ENDED else None
        elif row.member_id != member.pk:
            raise NotTaken(f"{provider_id} belongs to another member here, or to one who was deleted")
        elif row.is_within_reach:
            return False
        is_changed = _write_row(row, told, at)
        return _write_entitlement(row, member, at) or is_changed


def _write_row(row: Subscription, told: dict[str, object], at: datetime) -> bool:
    """Write what is told and differs. The moment of an end is not told: it is when we first hear of it."""
    if row._state.adding:
        for name, value in told.items():
            setattr(row, name, value)
        row.save()
        events.write("subscription.taken_over", f"subscription:{row.pk}", at=at)
        return True
    told["ended_at"] = (row.ended_at or at) if told["state"] == State.ENDED else None
    if told["state"] != State.ENDED and row.state == State.ENDED:
        told["lapsed_at"] = None
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _write_entitlement(row: Subscription, member: Member, at: datetime) -> bool:
    """Let the entitlement follow, and say whether it was another; what had ended before it came here gives none."""
    if row.state == State.ENDED:
        return end_entitlement(row.source, at=at)
    before = Entitlement.objects.filter(source=row.source).first()
    after = entitle(
        member, row.price.tier, source=row.source, why=Why.SUBSCRIPTION,
        starts_at=min(row.started_at, at), ends_at=row.open_until, at=at,
    )  # fmt: skip
    return before is None or (before.tier_id, before.ends_at) != (after.tier_id, after.ends_at)
