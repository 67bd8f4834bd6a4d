"""Nobody who is deleted or banned goes on being charged (check 68)."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.billing.models import Checkout, DemoCheckout, DemoPayment, DemoSubscription, ReceivedEvent, Subscription
from masthead.billing.providers.demo.paying import renew_due
from masthead.billing.subscriptions import cancel_when_banned
from masthead.core.models import Event
from masthead.members.models import Member
from masthead.members.standing import ban
from masthead.ops.worker import work_off
from tests.billing.buying import PROVIDER, buy, down, event, held, kinds, pay, post_event, synced, to_payment_page
from tests.cast import Cast, client_of


def delete(client: Any) -> int:
    status: int = client.post("/account/delete/", {"word": "DELETE"}).status_code
    return status


def test_an_open_payment_page_cannot_be_paid_after_a_deletion(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    assert delete(client) == 200
    assert client.post(page, {"card": "good"}).status_code == 410
    assert not DemoSubscription.objects.exists() and Checkout.objects.get().member is None


def test_a_deletion_waits_for_a_provider_that_does_not_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast.free)
    to_payment_page(client, cast.prices["paid"])
    monkeypatch.setattr(f"{PROVIDER}.expire_checkout", down)
    assert delete(client) == 409
    assert Member.objects.filter(pk=cast.free.pk).exists()


@pytest.mark.parametrize("change", [{}, {"units": 1}])
def test_what_is_paid_and_not_synced_is_cancelled_with_a_deletion(cast: Cast, change: dict[str, int]) -> None:
    """Even what does not match anything we sold: the deletion goes on after cancelling."""
    client = client_of(cast.free)
    pay(client, to_payment_page(client, cast.prices["paid"]))
    DemoSubscription.objects.update(**change)
    assert delete(client) == 200
    assert held().status == "ended"


@pytest.mark.parametrize("trouble", ["it does not match", "the provider is down"])
def test_a_deletion_goes_on_once_it_is_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    if trouble == "it does not match":
        DemoSubscription.objects.update(units=1)
    else:
        monkeypatch.setattr(f"{PROVIDER}.fetch", down)
    assert delete(client) == 200
    assert held().status == "ended"


def test_a_subscription_that_ended_without_our_knowing_stops_no_deletion(cast: Cast) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    DemoSubscription.objects.update(status="ended", ended_at=timezone.now())
    assert delete(client) == 200


def confirm_late() -> None:
    """Let the pending payment be confirmed, and its webhook come and be worked off."""
    renew_due(at=timezone.now())
    assert post_event(event(held().pk)) == 200
    work_off()


@pytest.mark.parametrize("going", ["deleted", "banned"])
def test_a_payment_that_comes_after_its_member_went_is_cancelled_and_paid_back(cast: Cast, going: str) -> None:
    client = client_of(cast.free)
    pay(client, to_payment_page(client, cast.prices["paid"]), "later")
    if going == "deleted":
        assert delete(client) == 200
    else:
        ban(cast.free, by=cast.owner, at=timezone.now())
    confirm_late()
    assert held().status == "ended"
    assert DemoPayment.objects.get().refunded_at is not None
    assert kinds("subscription.orphaned") == ["subscription.orphaned"]
    assert ReceivedEvent.objects.get().done_at and ReceivedEvent.objects.get().error == ""
    row = Subscription.objects.get()
    assert row.state == "ended" and row.undo_at is None


def test_later_news_of_a_subscription_whose_member_is_gone_still_update_it(cast: Cast) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    assert delete(client) == 200
    DemoPayment.objects.update(refunded_at=timezone.now())
    assert post_event(event(held().pk)) == 200
    work_off()
    row = Subscription.objects.get()
    assert row.member is None and row.state == "ended"
    assert row.payments.get().refunded_at and kinds("subscription.orphaned") == []
    assert ReceivedEvent.objects.get().done_at


def test_one_that_renews_though_its_member_is_gone_is_cancelled_and_only_the_renewal_paid_back(cast: Cast) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    Member.objects.get(pk=cast.free.pk).delete()
    renew_due(at=held().period_ends_at)
    synced()
    work_off()
    first, second = DemoPayment.objects.order_by("paid_at")
    assert held().status == "ended" and first.refunded_at is None and second.refunded_at is not None


def test_a_ban_ends_what_runs_and_what_could_be_paid(cast: Cast) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    client.post(f"/account/subscription/{Subscription.objects.get().public_id}/cancel/")
    to_payment_page(client, cast.prices["gold"])
    ban(cast.free, by=cast.owner, at=timezone.now())
    cancel_when_banned(Event.objects.get(kind="member.banned"))
    assert held().status == "ended" and Subscription.objects.get().state == "ended"
    assert DemoCheckout.objects.filter(subscription_id="", expired_at=None).count() == 0
