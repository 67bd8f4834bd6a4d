"""From the wall to reading on, and back to the wall; the webhook's bytes (checks 51 to 58, 68)."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from masthead.billing import receiving
from masthead.billing.models import Checkout, DemoSubscription, Payment, Price, ReceivedEvent, Subscription
from masthead.billing.models.subscription import GRACE
from masthead.billing.providers.base import Hint
from masthead.billing.providers.demo import signing
from masthead.billing.providers.demo.paying import renew_due
from masthead.billing.subscriptions import lapse_due
from masthead.billing.sync import NotOurs, sync_subscription
from masthead.ops.worker import work_off
from tests.billing.buying import PROVIDER, buy, down, event, held, post_event, to_payment_page
from tests.cast import Cast, client_of, make_cast, published

TEXT = "Opening.\n\n<!--more-->\n\nGATED"


def test_paying_opens_the_post_and_leads_back_to_it(cast: Cast) -> None:
    post = published("A post", TEXT, cast=cast, visibility="paid")
    client = client_of(cast.free)
    assert "GATED" not in client.get(post.path).content.decode()
    answer = buy(client, cast.prices["paid"], post.path)
    assert (answer.status_code, answer["Location"]) == (302, post.path)
    assert "GATED" in client.get(post.path).content.decode()
    assert Payment.objects.get().money == cast.prices["paid"].money


def test_a_declined_card_and_an_abandoned_page_open_nothing(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    assert client.post(page, {"card": "declined"}).status_code == 402
    checkout = Checkout.objects.get()
    answer = client.get(f"/subscribe/return/{checkout.public_id}/?abandoned=1")
    assert "You did not pay" in answer.content.decode()
    assert not Subscription.objects.exists() and not cast.free.entitlements.exists()


def test_the_page_one_comes_back_to_is_only_the_payers_own(cast: Cast) -> None:
    """Check 57."""
    client = client_of(cast.free)
    to_payment_page(client, cast.prices["paid"])
    path = f"/subscribe/return/{Checkout.objects.get().public_id}/"
    assert client_of(cast.gold).get(path).status_code == 404
    assert client_of(None).get(path).status_code == 302
    client.get(path)
    assert not cast.free.entitlements.exists()


def test_cancelling_keeps_what_is_paid_and_then_the_wall_stands_again(cast: Cast) -> None:
    post = published("A post", TEXT, cast=cast, visibility="paid")
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])
    mine = Subscription.objects.get()
    client.post(f"/account/subscription/{mine.public_id}/cancel/")
    assert "Cancelled. You can read until" in client.get("/account/subscription/").content.decode()
    assert "GATED" in client.get(post.path).content.decode()
    past = timezone.now() - timedelta(minutes=1)
    DemoSubscription.objects.update(period_ends_at=past)
    renew_due(at=timezone.now())
    sync_subscription(held().pk, at=timezone.now())
    assert lapse_due(at=timezone.now()) == 1 and lapse_due(at=timezone.now()) == 0
    assert "GATED" not in client.get(post.path).content.decode()


def test_another_member_cannot_cancel_it(cast: Cast) -> None:
    """Check 45."""
    buy(client_of(cast.free), cast.prices["paid"])
    mine = Subscription.objects.get()
    assert client_of(cast.gold).post(f"/account/subscription/{mine.public_id}/cancel/").status_code == 404


def test_a_renewal_prolongs_and_a_late_one_has_its_grace(cast: Cast) -> None:
    """Check 58."""
    buy(client_of(cast.free), cast.prices["paid"])
    at = held().period_ends_at
    assert cast.free.entitlements.get().ends_at == at + GRACE
    renew_due(at=at)
    sync_subscription(held().pk, at=at)
    assert cast.free.entitlements.get().ends_at == held().period_ends_at + GRACE
    assert Payment.objects.count() == 2


def test_two_tabs_lead_to_one_payment_page_and_one_subscription(cast: Cast) -> None:
    """Check 55."""
    client = client_of(cast.free)
    pages = {to_payment_page(client, cast.prices["paid"]) for _ in range(2)}
    assert len(pages) == 1
    for _ in range(2):
        client.post(next(iter(pages)), {"card": "good"})
    assert DemoSubscription.objects.count() == 1
    buy_again = client.get(f"/subscribe/return/{Checkout.objects.get().public_id}/")
    assert buy_again.status_code == 302
    answer = client.post("/subscribe/begin/", {"price": cast.prices["paid"].public_id})
    assert answer.status_code == 409 and "already" in answer.content.decode()


def test_an_archived_price_is_not_sold(cast: Cast) -> None:
    """Check 56."""
    Price.objects.update(archived_at=timezone.now())
    client = client_of(cast.free)
    assert client.post("/subscribe/begin/", {"price": cast.prices["paid"].public_id})["Location"].startswith(
        "/subscribe/"
    )
    assert not Checkout.objects.exists()


@pytest.mark.parametrize("change", [{"units": 1}, {"currency": "USD"}, {"price": "other"}, {"reference": "other"}])
def test_what_was_bought_is_recomputed_from_our_own_records(cast: Cast, change: dict[str, Any]) -> None:
    """Check 53: a changed amount, currency, price or reference at the provider gives nothing."""
    client = client_of(cast.free)
    client.post(to_payment_page(client, cast.prices["paid"]), {"card": "good"})
    if change.get("price"):
        change = {"price": cast.prices["gold"].public_id}
    DemoSubscription.objects.update(**change)
    with pytest.raises(NotOurs):
        sync_subscription(held().pk, at=timezone.now())
    assert not cast.free.entitlements.exists()


def test_a_payment_of_another_amount_gives_nothing(cast: Cast) -> None:
    """Check 53: the one-cent payment."""
    client = client_of(cast.free)
    client.post(to_payment_page(client, cast.prices["paid"]), {"card": "good"})
    held().payments.update(units=1)
    with pytest.raises(NotOurs):
        sync_subscription(held().pk, at=timezone.now())


def test_a_deleted_member_is_cancelled_at_the_provider_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 68."""
    client = client_of(cast.free)
    buy(client, cast.prices["paid"])

    with monkeypatch.context() as patch:
        patch.setattr(f"{PROVIDER}.cancel_now", down)
        assert client.post("/account/delete/", {"word": "DELETE"}).status_code == 409
    assert client.post("/account/delete/", {"word": "DELETE"}).status_code == 200
    assert held().status == "ended"


def test_only_these_very_bytes_signed_in_time_are_taken(cast: Cast, settings: Any) -> None:
    """Check 51."""
    secret, at, body = settings.BILLING_WEBHOOK_SECRET, timezone.now(), event()
    good = signing.sign(body, secret, at=at)
    bad = {
        "missing": "",
        "wrong secret": signing.sign(body, "other", at=at),
        "old": signing.sign(body, secret, at=at - timedelta(seconds=301)),
        "early": signing.sign(body, secret, at=at + timedelta(hours=1)),
        "v0 only": good.replace("v1=", "v0="),
        "two times": f"t=1,{good}",
        "not ASCII": good.split("v1=")[0] + "v1=\u00e9\udce9",
        "digits of another script": good.replace("t=1", "t=\u0661"),
    }
    assert {name: post_event(body, header) for name, header in bad.items()} == dict.fromkeys(bad, 400)
    assert post_event(body + b" ", good) == 400
    assert not ReceivedEvent.objects.exists()
    assert post_event(body, good + ",v1=abc") == 200
    assert Client().get("/webhooks/demo/").status_code == 405
    assert Client().post("/webhooks/stripe/").status_code == 404


def test_the_same_event_twice_is_kept_once(cast: Cast, settings: Any) -> None:
    """Check 52."""
    body = event()
    header = signing.sign(body, settings.BILLING_WEBHOOK_SECRET, at=timezone.now())
    assert [post_event(body, header) for _ in range(3)] == [200, 200, 200]
    assert ReceivedEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_events_have_one_effect(settings: Any) -> None:
    """Check 52."""
    cast = make_cast()
    client = client_of(cast.free)
    client.post(to_payment_page(client, cast.prices["paid"]), {"card": "good"})
    hint, at = Hint("ev_1", "subscription.created", held().pk), timezone.now()

    def receive() -> None:
        for _ in range(25):
            receiving.receive("demo", hint, at=at)
        connection.close()

    threads = [threading.Thread(target=receive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_off()
    assert (ReceivedEvent.objects.count(), Subscription.objects.count(), Payment.objects.count()) == (1, 1, 1)


def test_a_failed_event_is_tried_again_and_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks 52 and 60: killed between keeping and effect, and a poisoned event."""
    client = client_of(cast.free)
    client.post(to_payment_page(client, cast.prices["paid"]), {"card": "good"})
    at = timezone.now()
    receiving.receive("demo", Hint("ev_poison", "subscription.renewed", "su_none"), at=at)
    receiving.receive("demo", Hint("ev_good", "subscription.created", held().pk), at=at)
    receiving.receive("demo", Hint("ev_unknown", "dispute.created", "x"), at=at)
    work_off()
    poison = ReceivedEvent.objects.get(event_id="ev_poison")
    assert poison.done_at is None and "There is no subscription" in poison.error
    assert ReceivedEvent.objects.filter(done_at=None).count() == 1
    assert cast.free.entitlements.exists()
    assert receiving.retry_unfinished(at=timezone.now() + timedelta(hours=1)) == 1


def test_tiers_stand_side_by_side_and_an_empty_shop_says_so(cast: Cast, settings: Any) -> None:
    page = client_of(cast.paid).get("/subscribe/?next=/x/").content.decode()
    assert "€8 a month" in page and "€16 a month" in page and "You have this." in page
    settings.BILLING_PROVIDER = ""
    assert "nothing to subscribe to" in client_of(None).get("/subscribe/").content.decode()


def test_the_demo_provider_is_refused_on_a_live_site(cast: Cast, settings: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from masthead.billing.providers import provider

    settings.IS_LIVE = True
    with pytest.raises(ImproperlyConfigured, match="refused on a live site"):
        provider()
