"""What a payer who comes back is told: paid, pending, over, or nothing charged (check 57)."""

from datetime import timedelta

from django.utils import timezone

from masthead.billing.models import DemoSubscription, Subscription
from masthead.billing.providers.demo.paying import renew_due
from masthead.billing.providers.demo.provider import DemoProvider
from tests.billing.buying import begin, held, pay, to_payment_page
from tests.cast import Cast, client_of


def test_a_pending_payment_is_not_called_uncharged_and_opens_when_it_is_confirmed(cast: Cast) -> None:
    client = client_of(cast.free)
    way_back = pay(client, to_payment_page(client, cast.prices["paid"]), "later")
    answer = client.get(way_back).content.decode()
    assert "Your payment is on its way" in answer and "Nothing was charged" not in answer
    assert not DemoSubscription.objects.exists() and not cast.free.entitlements.exists()
    for price in ("paid", "gold"):
        again = begin(client, cast.prices[price])
        assert again.status_code == 409 and "no need to pay again" in again.content.decode()
    renew_due(at=timezone.now())
    assert client.get(way_back).status_code == 302
    assert cast.free.entitlements.exists() and DemoSubscription.objects.count() == 1


def test_what_is_over_is_not_thanked_for(cast: Cast) -> None:
    client = client_of(cast.free)
    way_back = pay(client, to_payment_page(client, cast.prices["paid"]))
    assert client.get(way_back).status_code == 302
    assert "Thank you" in client.get("/account/").content.decode()
    DemoProvider().cancel_now(held().pk, key="1")
    answer = client.get(way_back)
    assert answer.status_code == 200 and "This subscription has ended" in answer.content.decode()
    assert "Thank you" not in answer.content.decode() and "Nothing was charged" not in answer.content.decode()
    assert Subscription.objects.get().state == "ended"


def test_a_page_that_was_replaced_leads_back_to_a_new_try(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    to_payment_page(client, cast.prices["gold"])
    back = client.get(page).content.decode().split('href="https://paper.example/subscribe/return/')[1].split('"')[0]
    answer = client.get(f"/subscribe/return/{back}").content.decode()
    assert "You did not pay" in answer and "Nothing was charged" in answer


def test_a_provider_whose_clock_is_ahead_opens_at_once(cast: Cast) -> None:
    client = client_of(cast.free)
    way_back = pay(client, to_payment_page(client, cast.prices["paid"]))
    DemoSubscription.objects.update(started_at=timezone.now() + timedelta(seconds=90))
    assert client.get(way_back).status_code == 302
