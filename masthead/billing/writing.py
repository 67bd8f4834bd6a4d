"""Writing what the provider said: a subscription, its payments and its entitlement, in one transaction."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from masthead.access.entitlements import entitle
from masthead.access.models.entitlement import Why
from masthead.billing import turns
from masthead.billing.models import Checkout, Payment, Price, Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers.base import Paid, SubscriptionObject
from masthead.core import events
from masthead.core.money import Money
from masthead.members.models import Member

UNDO_WAIT = timedelta(hours=1)  # a refund that did not happen by then is tried again


class NotOurs(Exception):
    """The provider's object does not match anything we sold; nothing was given for it."""


def write(name: str, held: SubscriptionObject, token: str, *, at: datetime) -> Subscription:
    """Write what was fetched under this turn, all or nothing; raises NotOurs, and Busy if the turn was lost.

    What nobody must pay for is marked to be cancelled and paid back, and queued: the later of two subscriptions of
    one member to one tier, and one whose member is gone or banned.
    """
    checkout, price = _bought(name, held)
    try:
        with transaction.atomic():
            turns.hold(name, held.provider_id, token)
            # The lock lets two first subscriptions of one member see each other.
            member = Member.objects.select_for_update(no_key=True).filter(pk=checkout.member_id).first()
            subscription, is_new = _write_row(name, held, price, member, at)
            Checkout.objects.open().filter(pk=checkout.pk).update(closed_at=at)
            if is_new:
                events.write("subscription.started", _subject(subscription), at=at, actor_id=checkout.member_id)
            arrived = [pk for paid in held.payments if (pk := _write_payment(subscription, paid, at))]
            _write_entitlement(subscription, at)
            _mark_unwanted(subscription, is_new, Payment.objects.filter(pk__in=arrived), at)
            subscription.refresh_from_db(fields=["undo_at"])
    except IntegrityError as error:  # the member went meanwhile
        raise turns.Busy(held.provider_id) from error
    return subscription


def _bought(name: str, held: SubscriptionObject) -> tuple[Checkout, Price]:
    """Find what we sold, by our own records; raises NotOurs."""
    checkout = Checkout.objects.filter(public_id=held.checkout, provider=name).first()
    price = Price.objects.select_related("tier").filter(public_id=held.price).first()
    if checkout is None or price is None or checkout.price_id != price.pk:
        raise NotOurs(f"{held.provider_id}: it was not begun by a checkout of this site for this price")
    if (held.units, held.currency) != (price.units, price.currency):
        asked = Money(price.units, price.currency)
        raise NotOurs(f"{held.provider_id}: the amount is not {asked.amount} {asked.currency}")
    if not any((paid.units, paid.currency) == (price.units, price.currency) for paid in held.payments):
        raise NotOurs(f"{held.provider_id}: its price was not paid")
    return checkout, price


def _write_row(
    name: str, held: SubscriptionObject, price: Price, member: Member | None, at: datetime
) -> tuple[Subscription, bool]:
    now_held = {
        "price": price,
        "state": State(held.status),
        "period_ends_at": held.period_ends_at,
        "paid_until": held.paid_until,
        "ended_at": held.ended_at,
        "cancels_at_period_end": held.cancels_at_period_end,
    }
    if held.paid_until > at or held.status == State.ENDED:
        now_held |= {"looks": 0, "look_at": None}
    return Subscription.objects.select_for_update().update_or_create(
        provider=name,
        provider_id=held.provider_id,
        defaults=now_held,
        # The provider's clock may be ahead of ours, and what is paid opens now.
        create_defaults=now_held | {"member": member, "started_at": min(held.started_at, at)},
    )


def _write_payment(subscription: Subscription, paid: Paid, at: datetime) -> int | None:
    """Write a payment and return its id if it is new."""
    payment, is_new = Payment.objects.get_or_create(
        provider_id=paid.provider_id,
        defaults={
            "subscription": subscription, "units": paid.units, "currency": paid.currency, "paid_at": paid.paid_at,
        },
    )  # fmt: skip
    if is_new:
        events.write("payment.received", _subject(subscription), at=at, payment=payment.pk)
    unreturned = Payment.objects.filter(pk=payment.pk, refunded_at=None)
    if paid.refunded_at and unreturned.update(refunded_at=paid.refunded_at):
        events.write("payment.refunded", _subject(subscription), at=at, payment=payment.pk)
    return payment.pk if is_new else None


def _write_entitlement(subscription: Subscription, at: datetime) -> None:
    if subscription.member is None:
        return
    entitle(
        subscription.member,
        subscription.price.tier,
        source=subscription.source,
        why=Why.SUBSCRIPTION,
        starts_at=subscription.started_at,
        ends_at=subscription.open_until,
        at=at,
    )
    if subscription.lapsed_at and subscription.open_until > at:
        subscription.lapsed_at = None
        subscription.save(update_fields=["lapsed_at"])


def _mark_unwanted(subscription: Subscription, is_new: bool, arrived: QuerySet[Payment], at: datetime) -> None:
    """Mark what is to be undone, once; a payment that comes before that is done is paid back too."""
    if subscription.undo_at:
        arrived.update(refund_due=True)
    elif subscription.state == State.ENDED:
        return
    elif subscription.member is None or not subscription.member.is_active:
        _mark(subscription, "subscription.orphaned", arrived, at)
    elif is_new:
        same = Subscription.objects.running().filter(
            member=subscription.member, price__tier=subscription.price.tier_id, undo_at=None
        )
        first, *others = same.order_by("started_at", "pk")
        later = [row for row in others if row.is_within_reach]  # what was taken over cannot be cancelled from here
        if later:
            _mark(later[-1], "subscription.doubled", later[-1].payments.all(), at, first=first.pk)


def _mark(subscription: Subscription, event: str, payments: QuerySet[Payment], at: datetime, **facts: int) -> None:
    from masthead.billing.undoing import undo  # it syncs, and so needs what is above

    subscription.undo_at = at + UNDO_WAIT
    subscription.save(update_fields=["undo_at"])
    payments.update(refund_due=True)
    events.write(event, _subject(subscription), at=at, **facts)
    undo.enqueue(subscription.pk)


def _subject(subscription: Subscription) -> str:
    return f"subscription:{subscription.pk}"
