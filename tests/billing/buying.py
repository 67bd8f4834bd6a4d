"""Buying by the buttons, and the provider's side of it."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from masthead.billing.models import DemoSubscription, Price, Subscription
from masthead.billing.providers.base import ProviderError
from masthead.billing.providers.demo import signing
from masthead.billing.sync import sync_subscription
from masthead.core.models import Event
from tests.cast import Cast

PROVIDER = "masthead.billing.providers.demo.provider.DemoProvider"


def local(address: str) -> str:
    return address.removeprefix("https://paper.example")


def begin(client: Client, price: Price, next_path: str = "/") -> Any:
    return client.post("/subscribe/begin/", {"price": price.public_id, "next": next_path})


def to_payment_page(client: Client, price: Price, next_path: str = "/") -> str:
    answer = begin(client, price, next_path)
    assert answer.status_code == 302, answer.content
    return local(answer["Location"])


def pay(client: Client, page: str, card: str = "good") -> str:
    """Press a button of the payment page, and return the page that one comes back to."""
    answer = client.post(page, {"card": card})
    assert answer.status_code == 302, answer.content
    return local(answer["Location"])


def buy(client: Client, price: Price, next_path: str = "/") -> Any:
    return client.get(pay(client, to_payment_page(client, price, next_path)))


def held() -> DemoSubscription:
    """Return the one subscription that there is, as the provider holds it."""
    return DemoSubscription.objects.get()


def synced(*, at: datetime | None = None) -> Subscription:
    return sync_subscription(held().pk, at=at or timezone.now())


def by_year(cast: Cast) -> Price:
    return Price.objects.create(tier=cast.tiers["paid"], period="year", units=8000, currency="EUR")


def kinds(start: str) -> list[str]:
    """Return the kinds of the events written so far that begin like this."""
    return list(Event.objects.filter(kind__startswith=start).order_by("pk").values_list("kind", flat=True))


def down(*_: Any, **__: Any) -> None:
    """Stand in for a call to a provider that does not answer."""
    raise ProviderError("down")


def event(subscription: str = "su_none", event_id: str = "ev_1", kind: str = "subscription.renewed") -> bytes:
    return json.dumps({"id": event_id, "kind": kind, "subscription": subscription}).encode()


def post_event(body: bytes, header: str | None = None) -> int:
    signature = header if header is not None else signing.sign(body, settings.BILLING_WEBHOOK_SECRET, at=timezone.now())
    client = Client(raise_request_exception=False)
    headers = {"Demo-Signature": signature}
    return client.post("/webhooks/demo/", body, content_type="application/json", headers=headers).status_code
