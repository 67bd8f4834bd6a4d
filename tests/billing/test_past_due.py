"""What is paid opens, and nothing more: failed renewals, grace, restoring, ending (check 58)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.billing.models import DemoPayment, DemoSubscription, Subscription
from masthead.billing.models.subscription import GRACE
from masthead.billing.providers.demo import clock, paying
from masthead.billing.providers.demo.provider import DemoProvider
from masthead.billing.subscriptions import lapse_due
from tests.billing.buying import buy, held, kinds, synced
from tests.cast import Cast, client_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def first_end(cast: Cast) -> datetime:
    """Let the free member buy a month, with a card that fails afterwards; return the end of what is paid."""
    buy(client_of(cast.free), cast.prices["paid"])
    DemoSubscription.objects.update(is_card_good=False)
    return held().period_ends_at


def opens_until(cast: Cast) -> datetime | None:
    return cast.free.entitlements.get().ends_at


def fail(at: datetime) -> Subscription:
    """Let the renewal fail at this moment, and sync."""
    paying.renew_due(at=at)
    return synced(at=at)


def test_a_failed_renewal_gives_the_grace_and_no_free_period(cast: Cast, first_end: datetime) -> None:
    row = fail(first_end)
    assert (row.state, row.paid_until) == ("past_due", first_end)
    assert row.period_ends_at > first_end + timedelta(days=25)
    assert opens_until(cast) == first_end + GRACE
    assert "did not go through" in client_of(cast.free).get("/account/subscription/").content.decode()


def test_cancelling_while_past_due_ends_the_grace(cast: Cast, first_end: datetime) -> None:
    fail(first_end)
    client_of(cast.free).post(f"/account/subscription/{Subscription.objects.get().public_id}/cancel/")
    assert opens_until(cast) == first_end


def test_a_retry_that_succeeds_opens_the_whole_period(cast: Cast, first_end: datetime) -> None:
    fail(first_end)
    DemoSubscription.objects.update(is_card_good=True)
    row = fail(first_end + timedelta(days=2))
    assert row.state == "active" and opens_until(cast) == held().period_ends_at + GRACE
    assert row.payments.count() == 2 == DemoPayment.objects.count()


def test_one_that_is_restored_after_lapsing_can_lapse_again(cast: Cast, first_end: datetime) -> None:
    fail(first_end)
    over = first_end + GRACE + MINUTE
    assert lapse_due(at=first_end + MINUTE) == 0
    assert lapse_due(at=over) == 1 and lapse_due(at=over) == 0
    DemoSubscription.objects.update(is_card_good=True)
    assert fail(over).lapsed_at is None
    DemoSubscription.objects.update(is_card_good=False)
    second_end = held().period_ends_at
    fail(second_end)
    assert lapse_due(at=second_end + GRACE + MINUTE) == 1
    assert len(kinds("subscription.lapsed")) == 2


def test_one_that_is_never_paid_ends_with_what_was_paid(cast: Cast, first_end: datetime) -> None:
    fail(first_end)
    row = fail(held().period_ends_at)
    assert row.state == "ended" and opens_until(cast) == first_end
    assert row.payments.count() == 1


def test_a_late_sync_does_not_move_the_end_of_what_was_cancelled_at_once(cast: Cast, first_end: datetime) -> None:
    DemoProvider().cancel_now(held().pk, key="1")
    ended_at = held().ended_at
    for at in (timezone.now(), timezone.now() + timedelta(days=3), first_end + timedelta(days=99)):
        synced(at=at)
        assert opens_until(cast) == ended_at
    DemoProvider().cancel_now(held().pk, key="2")
    assert held().ended_at == ended_at


@pytest.mark.parametrize("act", ["cancel_at_period_end", "cancel_now"])
def test_the_demo_does_not_renew_what_is_cancelled_meanwhile(
    cast: Cast, first_end: datetime, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    def later(*given: Any) -> datetime:
        getattr(DemoProvider(), act)(held().pk, key="1")
        return clock.later(*given)

    monkeypatch.setattr("masthead.billing.providers.demo.paying.later", later)
    DemoSubscription.objects.update(is_card_good=True)
    assert paying.renew_due(at=first_end) == 0
    assert DemoPayment.objects.count() == 1 and held().period_ends_at == first_end
    paying.renew_due(at=first_end)
    assert held().status == "ended" and DemoPayment.objects.count() == 1
