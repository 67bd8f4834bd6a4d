"""The demo provider, behind the interface that every provider has."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from masthead.billing.models import Checkout, DemoCheckout, DemoPayment, DemoSubscription
from masthead.billing.providers.base import (
    BadSignature,
    CheckoutObject,
    Hint,
    Paid,
    ProviderError,
    Stage,
    SubscriptionObject,
)
from masthead.billing.providers.demo import signing
from masthead.billing.providers.demo.paying import announce


class DemoProvider:
    """Keeps its side in tables of its own and never moves money."""

    name = "demo"

    def start_checkout(self, checkout: Checkout, *, success_url: str, cancel_url: str) -> tuple[str, str]:
        price = checkout.price
        page, _ = DemoCheckout.objects.get_or_create(
            reference=checkout.public_id,
            defaults={
                "price": price.public_id,
                "units": price.units,
                "currency": price.currency,
                "period": price.period,
                "description": price.tier.name,
                "success_url": success_url,
                "cancel_url": cancel_url,
            },
        )
        return page.id, settings.ADDRESS + reverse("demo_pay", args=[page.id])

    def verify(self, body: bytes, headers: Mapping[str, str], *, at: datetime) -> Hint:
        signing.check(body, headers.get(signing.HEADER, ""), settings.BILLING_WEBHOOK_SECRET, at=at)
        try:
            event = json.loads(body)
            return Hint(str(event["id"])[:120], str(event["kind"])[:80], str(event["subscription"])[:120])
        except (ValueError, KeyError, TypeError) as error:
            raise BadSignature("this is no event") from error

    def expire_checkout(self, checkout_id: str) -> bool:
        unpaid = DemoCheckout.objects.filter(pk=checkout_id, subscription_id="", pending_at=None)
        return bool(unpaid.update(expired_at=timezone.now()))

    def fetch_checkout(self, checkout_id: str) -> CheckoutObject:
        page = DemoCheckout.objects.filter(pk=checkout_id).first()
        if page is None:
            raise ProviderError(f"There is no payment page {checkout_id}.")
        if page.subscription_id:
            return CheckoutObject(Stage.PAID, page.subscription_id)
        if page.pending_at:
            return CheckoutObject(Stage.PENDING)
        return CheckoutObject(Stage.EXPIRED if page.expired_at else Stage.OPEN)

    def fetch(self, subscription_id: str) -> SubscriptionObject:
        held = DemoSubscription.objects.filter(pk=subscription_id).first()
        if held is None:
            raise ProviderError(f"There is no subscription {subscription_id}.")
        payments = held.payments.order_by("paid_at", "pk")
        return SubscriptionObject(
            provider_id=held.id,
            checkout=held.reference,
            price=held.price,
            units=held.units,
            currency=held.currency,
            status=held.status,
            started_at=held.started_at,
            period_ends_at=held.period_ends_at,
            paid_until=min(held.paid_until, held.period_ends_at),
            ended_at=held.ended_at,
            cancels_at_period_end=held.cancels_at_period_end,
            payments=tuple(Paid(p.id, p.units, p.currency, p.paid_at, p.refunded_at) for p in payments),
        )

    def cancel_at_period_end(self, subscription_id: str, *, key: str) -> None:
        self._change(subscription_id, cancels_at_period_end=True)

    def resume(self, subscription_id: str, *, key: str) -> None:
        self._change(subscription_id, cancels_at_period_end=False)

    def cancel_now(self, subscription_id: str, *, key: str) -> None:
        known = DemoSubscription.objects.filter(pk=subscription_id)
        with transaction.atomic():
            if known.exclude(status="ended").update(status="ended", ended_at=timezone.now()):
                announce(subscription_id, "subscription.ended")
            elif not known.exists():
                raise ProviderError(f"There is no subscription {subscription_id}.")

    def refund(self, payment_id: str, *, key: str) -> None:
        known = DemoPayment.objects.filter(pk=payment_id)
        if not known.filter(refunded_at=None).update(refunded_at=timezone.now()) and not known.exists():
            raise ProviderError(f"There is no payment {payment_id}.")

    def _change(self, subscription_id: str, **fields: object) -> None:
        if not DemoSubscription.objects.filter(pk=subscription_id).exclude(status="ended").update(**fields):
            raise ProviderError(f"The subscription {subscription_id} has ended already.")
