"""Syncs of one subscription take turns, and none writes what it saw before another (checks 52 and 54)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.billing import sync, turns
from masthead.billing.models import Checkout, DemoSubscription, Subscription, Turn
from masthead.billing.providers.base import SubscriptionObject
from masthead.billing.providers.demo.provider import DemoProvider
from masthead.billing.sync import Busy, sync_subscription
from tests.billing.buying import PROVIDER, down, held, kinds, pay, synced, to_payment_page
from tests.cast import Cast, client_of

REAL_FETCH = DemoProvider.fetch


@pytest.fixture
def way_back(cast: Cast) -> str:
    """Return the page that a member who paid comes back to; nothing is synced yet."""
    client = client_of(cast.free)
    return pay(client, to_payment_page(client, cast.prices["paid"]))


def after_the_first_fetch(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[str]:
    """Let something happen while the first sync stands between its fetch and its writing; return the ids fetched."""
    fetched: list[str] = []

    def fetch(self: DemoProvider, subscription_id: str) -> SubscriptionObject:
        seen = REAL_FETCH(self, subscription_id)
        fetched.append(subscription_id)
        if len(fetched) == 1:
            act()
        return seen

    monkeypatch.setattr(f"{PROVIDER}.fetch", fetch)
    return fetched


def end_and_sync() -> None:
    """Stand in for a stall of more than a minute, in which the subscription ends and another sync writes that."""
    DemoSubscription.objects.update(status="ended", ended_at=timezone.now())
    sync_subscription(held().pk, at=timezone.now() + turns.CLAIM + timedelta(seconds=1))


@pytest.mark.parametrize("is_known", [True, False])
def test_a_stalled_sync_does_not_overwrite_a_newer_one(
    way_back: str, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    if is_known:
        synced()
    after_the_first_fetch(monkeypatch, end_and_sync)
    with pytest.raises(Busy):
        synced()
    assert Subscription.objects.get().state == "ended"
    assert synced().state == "ended"


def test_without_the_look_at_the_turn_it_would(way_back: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: the test above can fail."""
    after_the_first_fetch(monkeypatch, end_and_sync)
    monkeypatch.setattr(turns, "hold", lambda *_: None)
    assert synced().state == "active"


def test_nothing_is_fetched_while_another_has_the_turn(way_back: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = after_the_first_fetch(monkeypatch, lambda: None)
    token = turns.take("demo", held().pk, at=timezone.now())
    with pytest.raises(Busy):
        synced()
    assert fetched == []
    turns.release("demo", held().pk, token)
    assert synced().state == "active" and len(fetched) == 1


def test_only_the_own_turn_is_given_back(way_back: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now()
    taken: list[str] = []
    late = at + turns.CLAIM * 2
    after_the_first_fetch(monkeypatch, lambda: taken.append(turns.take("demo", held().pk, at=late)))
    with pytest.raises(Busy):
        synced(at=at)
    assert [Turn.objects.get().token] == taken


def test_a_failed_sync_gives_its_turn_back(cast: Cast, way_back: str) -> None:
    DemoSubscription.objects.update(units=1)
    for _ in range(2):
        with pytest.raises(sync.NotOurs):
            synced()
    assert Turn.objects.get().until is None


def test_the_payer_waits_a_moment_for_the_webhooks_sync(
    cast: Cast, way_back: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = turns.take("demo", held().pk, at=timezone.now())
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            turns.release("demo", held().pk, token)

    monkeypatch.setattr("masthead.billing.sync.time.sleep", sleep)
    assert client_of(cast.free).get(way_back)["Location"] == "/"
    assert len(slept) == 3 and 1.5 < sum(sync.PAUSES) < 2.5


@pytest.mark.parametrize("is_there", [True, False])
def test_the_payer_goes_on_if_what_was_bought_is_there(
    cast: Cast, way_back: str, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    if is_there:
        synced()
    turns.take("demo", held().pk, at=timezone.now())
    monkeypatch.setattr("masthead.billing.sync.time.sleep", lambda seconds: None)
    answer: Any = client_of(cast.free).get(way_back)
    assert answer.status_code == (302 if is_there else 200)
    assert is_there or "is not confirmed yet" in answer.content.decode()


def test_a_checkout_is_closed_by_its_sync(way_back: str) -> None:
    assert Checkout.objects.open().exists()
    synced()
    assert not Checkout.objects.open().exists()


@pytest.mark.parametrize(
    ("call", "status", "says"),
    [("cancel_at_period_end", 503, "Nothing was changed"), ("fetch", 202, "Your change was taken")],
)
def test_a_member_who_cancels_is_told_whether_it_was_taken(
    cast: Cast, way_back: str, monkeypatch: pytest.MonkeyPatch, call: str, status: int, says: str
) -> None:
    mine = synced()
    monkeypatch.setattr(f"{PROVIDER}.{call}", down)
    answer = client_of(cast.free).post(f"/account/subscription/{mine.public_id}/cancel/")
    assert answer.status_code == status and says in answer.content.decode()
    assert held().cancels_at_period_end == (status == 202) == bool(kinds("subscription.cancelled"))
