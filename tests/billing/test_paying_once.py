"""Nobody pays twice for one tier: one payment page at a time, and a second payment goes back (check 55)."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from masthead.billing import checkout
from masthead.billing.models import Checkout, DemoCheckout, DemoPayment, DemoSubscription, Payment, Subscription
from masthead.billing.sync import sync_subscription
from masthead.billing.undoing import undo, undo_due
from masthead.ops.worker import work_off
from tests.billing.buying import PROVIDER, begin, buy, by_year, down, kinds, pay, to_payment_page
from tests.cast import Cast, client_of, make_cast, published


def test_another_price_replaces_the_page_which_then_takes_no_payment(cast: Cast) -> None:
    client, year = client_of(cast.free), by_year(cast)
    month_page = to_payment_page(client, cast.prices["paid"])
    year_page = to_payment_page(client, year)
    assert month_page != year_page
    for answer in (client.get(month_page), client.post(month_page, {"card": "good"})):
        assert answer.status_code == 410 and "was replaced by another one" in answer.content.decode()
    assert client.post(month_page, {"card": "later"}).status_code == 410
    assert client.get(pay(client, year_page))["Location"] == "/"
    assert Subscription.objects.get().price == year and DemoSubscription.objects.count() == 1


def test_another_tier_replaces_the_page_too(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    to_payment_page(client, cast.prices["gold"])
    assert client.post(page, {"card": "good"}).status_code == 410
    assert Checkout.objects.open().get().price == cast.prices["gold"]


def test_a_tab_an_hour_later_leads_to_the_same_page(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    Checkout.objects.update(begun_at=timezone.now() - timedelta(hours=1))
    assert to_payment_page(client, cast.prices["paid"]) == page


@pytest.mark.parametrize("price", ["the same", "another"])
def test_what_is_paid_and_not_synced_is_not_sold_again(cast: Cast, price: str) -> None:
    client, year = client_of(cast.free), by_year(cast)
    pay(client, to_payment_page(client, cast.prices["paid"]))
    assert not Subscription.objects.exists()
    answer = begin(client, year if price == "another" else cast.prices["paid"])
    assert answer.status_code == 409 and "You subscribe to this already" in answer.content.decode()
    assert Subscription.objects.get().member == cast.free and not Checkout.objects.open().exists()


def test_a_page_paid_at_the_moment_it_is_replaced_is_not_replaced(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])

    def paid_first(self: Any, checkout_id: str) -> bool:
        pay(client, page)
        return False

    monkeypatch.setattr(f"{PROVIDER}.expire_checkout", paid_first)
    assert begin(client, by_year(cast)).status_code == 409
    assert "You subscribe to this already" in begin(client, cast.prices["paid"]).content.decode()
    assert DemoCheckout.objects.count() == 1


def test_another_tier_is_sold_only_after_cancelling(cast: Cast) -> None:
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    answer = begin(client, cast.prices["gold"])
    assert answer.status_code == 409 and "Cancel your present subscription first" in answer.content.decode()
    assert "cancel your present subscription first" in client.get("/subscribe/").content.decode()
    client.post(f"/account/subscription/{Subscription.objects.get().public_id}/cancel/")
    assert "cancel your present subscription first" not in client.get("/subscribe/").content.decode()
    assert buy(client, cast.prices["gold"]).status_code == 302
    assert cast.free.entitlements.count() == 2


def doubled(cast: Cast, *, second_first: bool = False) -> list[DemoSubscription]:
    """Let a member pay twice, as when the provider took the payment while the page was being replaced."""
    client, year = client_of(cast.free), by_year(cast)
    pages = [to_payment_page(client, cast.prices["paid"]), to_payment_page(client, year)]
    DemoCheckout.objects.update(expired_at=None)
    for page in pages:
        pay(client, page)
    both = list(DemoSubscription.objects.order_by("started_at"))
    for one in reversed(both) if second_first else both:
        sync_subscription(one.pk, at=timezone.now())
    return both


@pytest.mark.parametrize("second_first", [False, True])
def test_a_second_payment_is_cancelled_and_paid_back_at_once(cast: Cast, second_first: bool) -> None:
    post = published("A post", "Opening.\n\n<!--more-->\n\nGATED", cast=cast, visibility="paid")
    first, second = doubled(cast, second_first=second_first)
    page = client_of(cast.free).get("/account/subscription/").content.decode()
    assert "its payment goes back to you" in page and page.count("<form") < 3
    work_off()
    states = dict(DemoSubscription.objects.values_list("pk", "status"))
    assert states == {first.pk: "active", second.pk: "ended"}
    assert [p.subscription_id for p in DemoPayment.objects.exclude(refunded_at=None)] == [second.pk]
    assert Payment.objects.exclude(refunded_at=None).get().units == 8000
    assert kinds("subscription.doubled") == ["subscription.doubled"] and len(kinds("payment.refunded")) == 1
    assert "paid back on" in client_of(cast.free).get("/account/subscription/").content.decode()
    assert "GATED" in client_of(cast.free).get(post.path).content.decode()


def test_the_payer_of_a_second_page_is_told_that_it_goes_back(cast: Cast) -> None:
    doubled(cast)
    late = Checkout.objects.order_by("pk").last()
    assert late is not None
    for _ in range(2):
        answer = client_of(cast.free).get(f"/subscribe/return/{late.public_id}/").content.decode()
        assert "You had paid already" in answer and "Thank you" not in answer
        work_off()


def test_a_refund_that_failed_half_way_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, second = doubled(cast)
    with monkeypatch.context() as patch:
        patch.setattr(f"{PROVIDER}.refund", down)
        work_off()
    assert not DemoPayment.objects.exclude(refunded_at=None).exists()
    now = timezone.now()
    assert undo_due(at=now) == 0 and undo_due(at=now + timedelta(hours=2)) == 1
    work_off()
    assert DemoPayment.objects.exclude(refunded_at=None).get().subscription_id == second.pk
    assert undo_due(at=now + timedelta(days=9)) == 0
    undo.call(Subscription.objects.get(provider_id=second.pk).pk)
    assert len(kinds("payment.refunded")) == 1


def test_a_payment_is_kept_if_the_first_subscription_had_ended_without_our_knowing(cast: Cast) -> None:
    first, second = doubled(cast)
    past = timezone.now() - timedelta(days=1)
    DemoSubscription.objects.filter(pk=first.pk).update(status="ended", ended_at=past)
    Subscription.objects.filter(provider_id=first.pk).update(paid_until=past)
    work_off()
    assert Subscription.objects.running().get().provider_id == second.pk
    assert not DemoPayment.objects.exclude(refunded_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_parallel_begins_leave_one_page_that_can_be_paid() -> None:
    cast = make_cast()
    prices = [cast.prices["paid"], by_year(cast), cast.prices["gold"], cast.prices["paid"]]
    clients, barrier, codes = [client_of(cast.free) for _ in prices], threading.Barrier(len(prices)), []

    def press(index: int) -> None:
        barrier.wait()
        codes.append(begin(clients[index], prices[index]).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=(index,)) for index in range(len(prices))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == len(prices) and set(codes) <= {302, 409} and 302 in codes
    assert Checkout.objects.open().count() == 1
    payable = [page for page in DemoCheckout.objects.all() if page.expired_at is None]
    assert [page.reference for page in payable] == [Checkout.objects.open().get().public_id]


def test_a_page_begun_after_its_checkout_was_replaced_is_expired(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window that has no page yet is replaced by another; its page comes to be known too late."""
    from masthead.billing.providers.demo.provider import DemoProvider

    client, year, real = client_of(cast.free), by_year(cast), DemoProvider.start_checkout
    others: list[int] = []

    def slow(self: DemoProvider, begun: Checkout, **urls: str) -> tuple[str, str]:
        if not others:
            others.append(0)
            others[0] = begin(client_of(cast.free), year).status_code
        return real(self, begun, success_url=urls["success_url"], cancel_url=urls["cancel_url"])

    monkeypatch.setattr(f"{PROVIDER}.start_checkout", slow)
    answer = begin(client, cast.prices["paid"])
    assert answer.status_code == 409 and "another window" in answer.content.decode() and others == [302]
    assert [page.price for page in DemoCheckout.objects.filter(expired_at=None)] == [year.public_id]


def test_a_page_that_comes_to_be_known_while_it_is_replaced_is_expired(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, real = client_of(cast.free), checkout._replace
    page = to_payment_page(client, cast.prices["paid"])
    Checkout.objects.update(provider_id="")

    def late(shop: Any, held: Checkout, at: Any) -> bool:
        Checkout.objects.filter(pk=held.pk).update(provider_id=DemoCheckout.objects.get(reference=held.public_id).pk)
        return real(shop, held, at)

    monkeypatch.setattr(checkout, "_replace", late)
    to_payment_page(client, by_year(cast))
    assert client.post(page, {"card": "good"}).status_code == 410


def test_the_database_itself_refuses_a_second_open_checkout(cast: Cast) -> None:
    at = timezone.now()
    first = Checkout.objects.create(member=cast.free, price=cast.prices["paid"], provider="demo", begun_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkout.objects.create(member=cast.free, price=cast.prices["gold"], provider="demo", begun_at=at)
    Checkout.objects.filter(pk=first.pk).update(closed_at=at)
    Checkout.objects.create(member=cast.free, price=cast.prices["gold"], provider="demo", begun_at=at)
