"""Five events in all their 120 orders end in one state, which is the provider's (check 54)."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from masthead.access.models import Entitlement
from masthead.billing import receiving
from masthead.billing.models import DemoPayment, DemoSubscription, ReceivedEvent, Subscription
from masthead.billing.providers.demo.clock import later
from tests.billing.buying import event, held, kinds, pay, post_event, to_payment_page
from tests.cast import Cast, client_of

KINDS = ("created", "updated", "paid", "past_due", "ended")


def move(stage: str, end: datetime) -> None:
    """Let the provider's own object come to this stage, in its natural order."""
    row = DemoSubscription.objects.all()
    if stage == "paid":
        row.update(period_ends_at=later(end, "month"), paid_until=later(end, "month"))
        DemoPayment.objects.create(subscription=held(), units=800, currency="EUR", paid_at=end)
    elif stage == "past_due":
        row.update(period_ends_at=later(later(end, "month"), "month"), status="past_due")
    elif stage == "ended":
        row.update(status="ended", ended_at=end + timedelta(days=20))


def state() -> dict[str, Any]:
    """Return all that is left of a history, without the names that are made anew each time."""
    left = ("member_id", "price_id", "state", "started_at", "period_ends_at", "paid_until", "ended_at", "undo_at")
    return {
        "subscription": Subscription.objects.values(*left).get(),
        "payments": list(Subscription.objects.get().payments.order_by("paid_at").values("units", "paid_at")),
        "access": Entitlement.objects.filter(source__startswith="subscription:").values("starts_at", "ends_at").get(),
        "told": sorted(set(kinds("subscription.")) | set(kinds("payment."))),
        "unfinished": ReceivedEvent.objects.filter(done_at=None).count(),
    }


def deliver(order: Sequence[str], end: datetime) -> dict[str, Any]:
    """Move the provider on, step by step, and deliver some event at each; then forget it all again."""
    with transaction.atomic():
        for stage, kind in zip(KINDS, order, strict=True):
            move(stage, end)
            assert post_event(event(held().pk, f"ev_{kind}", f"subscription.{kind}")) == 200
            receiving.work_off.call(ReceivedEvent.objects.get(event_id=f"ev_{kind}").pk)
        left = state()
        transaction.set_rollback(True)
    return left


@pytest.mark.parametrize("first", KINDS)
def test_every_order_ends_in_the_same_state(cast: Cast, first: str) -> None:
    client = client_of(cast.free)
    pay(client, to_payment_page(client, cast.prices["paid"]))
    end = timezone.now() + timedelta(days=30)
    DemoSubscription.objects.update(period_ends_at=end, paid_until=end)
    right = deliver(KINDS, end)
    assert right["subscription"]["state"] == "ended" and right["access"]["ends_at"] == end + timedelta(days=20)
    assert (len(right["payments"]), right["unfinished"]) == (2, 0)
    orders = [order for order in itertools.permutations(KINDS) if order[0] == first]
    assert len(orders) == 24
    for order in orders:
        assert deliver(order, end) == right, order
