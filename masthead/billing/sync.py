"""Bringing a subscription to what the provider says now: the one way in which money becomes access."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models.entitlement import Why
from masthead.billing.models import Checkout, Payment, Price, Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.providers.base import ProviderError, SubscriptionObject
from masthead.core import events
from masthead.core.money import Money

GRACE = timedelta(days=3)  # access goes on this long after a period whose renewal was not paid yet
CLAIM = timedelta(seconds=60)


class NotOurs(Exception):
    """The provider's object does not match anything we sold; nothing was given for it."""


class Busy(Exception):
    """Another sync of the same subscription is at work; trying again in a moment is right."""


def sync_subscription(provider_id: str, *, at: datetime) -> Subscription:
    """Fetch the subscription and write it, its payments and its entitlement in one transaction.

    Syncs of one subscription take turns (Busy); the fetch stands outside the transaction. What was bought is
    recomputed from our own price and checkout, never taken from the provider's metadata (CHECKS.md 53): NotOurs.
    Running it again, in any order with others, gives the same rows. Raises ProviderError if there is no answer.
    """
    shop = provider()
    if shop is None:
        raise ProviderError("No payment provider is configured.")
    _claim(shop.name, provider_id, at)
    try:
        return _write(shop.name, shop.fetch(provider_id), at)
    finally:
        Subscription.objects.filter(provider=shop.name, provider_id=provider_id).update(claimed_until=None)


def _claim(name: str, provider_id: str, at: datetime) -> None:
    known = Subscription.objects.filter(provider=name, provider_id=provider_id)
    free = known.filter(Q(claimed_until=None) | Q(claimed_until__lt=at))
    if known.exists() and not free.update(claimed_until=at + CLAIM):
        raise Busy(provider_id)


def _write(name: str, held: SubscriptionObject, at: datetime) -> Subscription:
    checkout, price = _bought(name, held)
    try:
        with transaction.atomic():
            subscription, is_new = Subscription.objects.select_for_update().update_or_create(
                provider=name,
                provider_id=held.provider_id,
                defaults={
                    "price": price,
                    "state": State(held.status),
                    "period_ends_at": held.period_ends_at,
                    "cancels_at_period_end": held.cancels_at_period_end,
                },
                create_defaults={
                    "price": price,
                    "member": checkout.member,
                    "state": State(held.status),
                    "started_at": held.started_at,
                    "period_ends_at": held.period_ends_at,
                    "cancels_at_period_end": held.cancels_at_period_end,
                },
            )
            if is_new:
                events.write(
                    "subscription.started", f"subscription:{subscription.pk}", at=at, actor_id=checkout.member_id
                )
            _write_payments(subscription, held, at)
            _write_entitlement(subscription, at)
    except IntegrityError as error:  # two first syncs at once: the other one wrote it
        raise Busy(held.provider_id) from error
    return subscription


def _bought(name: str, held: SubscriptionObject) -> tuple[Checkout, Price]:
    """Find what we sold, by our own records; raises NotOurs."""
    checkout = Checkout.objects.select_related("member").filter(public_id=held.checkout, provider=name).first()
    price = Price.objects.select_related("tier").filter(public_id=held.price).first()
    if checkout is None or price is None or checkout.price_id != price.pk:
        raise NotOurs(f"{held.provider_id}: it was not begun by a checkout of this site for this price")
    if (held.units, held.currency) != (price.units, price.currency):
        asked = Money(price.units, price.currency)
        raise NotOurs(f"{held.provider_id}: the amount is not {asked.amount} {asked.currency}")
    if not any((paid.units, paid.currency) == (price.units, price.currency) for paid in held.payments):
        raise NotOurs(f"{held.provider_id}: its price was not paid")
    return checkout, price


def _write_payments(subscription: Subscription, held: SubscriptionObject, at: datetime) -> None:
    for paid in held.payments:
        payment, is_new = Payment.objects.get_or_create(
            provider_id=paid.provider_id,
            defaults={
                "subscription": subscription,
                "units": paid.units,
                "currency": paid.currency,
                "paid_at": paid.paid_at,
            },
        )
        if is_new:
            events.write("payment.received", f"subscription:{subscription.pk}", at=at, payment=payment.pk)


def _write_entitlement(subscription: Subscription, at: datetime) -> None:
    member = subscription.member
    if member is None:
        return
    if subscription.state == State.ENDED and subscription.period_ends_at > at:
        end_entitlement(subscription.source, at=at)
        return
    entitle(
        member,
        subscription.price.tier,
        source=subscription.source,
        why=Why.SUBSCRIPTION,
        starts_at=subscription.started_at,
        ends_at=access_ends_at(subscription),
        at=at,
    )


def access_ends_at(subscription: Subscription) -> datetime:
    """Say until when what is paid opens: to the period's end, and through the grace if it is to renew."""
    ends = subscription.state == State.ENDED or subscription.cancels_at_period_end
    return subscription.period_ends_at if ends else subscription.period_ends_at + GRACE
