"""Finding out what became of a checkout."""

from datetime import datetime
from enum import StrEnum

from masthead.access.models import Entitlement
from masthead.billing.models import Checkout, Subscription
from masthead.billing.providers import provider
from masthead.billing.providers.base import CheckoutObject, Stage
from masthead.billing.sync import Busy, sync_patiently


class Outcome(StrEnum):
    """What a payer who comes back is told."""

    OPENED = "opened"  # it is paid, and opens the tier now
    PENDING = "pending"  # the payment is under way
    UNPAID = "unpaid"
    RETURNED = "returned"  # it was paid a second time, and goes back
    OVER = "over"  # it was paid, and opens nothing any more


def look(checkout: Checkout) -> CheckoutObject:
    """Return the checkout's payment page as the provider holds it; raises ProviderError."""
    shop = provider()
    if shop is None or not checkout.provider_id or shop.name != checkout.provider:
        return CheckoutObject(Stage.OPEN)
    return shop.fetch_checkout(checkout.provider_id)


def settle(checkout: Checkout, *, at: datetime) -> Stage:
    """Write what follows if the checkout was paid, close it if it expired, and say how far it is.

    Raises what a sync raises.
    """
    held = look(checkout)
    if held.stage == Stage.PAID:
        sync_patiently(held.subscription_id, at=at)
    if held.stage == Stage.EXPIRED:
        close(checkout, at=at)
    return held.stage


def close(checkout: Checkout, *, at: datetime) -> None:
    """Close the checkout, so that the member may begin another."""
    Checkout.objects.open().filter(pk=checkout.pk).update(closed_at=at)


def outcome(checkout: Checkout, *, at: datetime) -> Outcome:
    """Settle a checkout and say what it came to, for the page that the payer comes back to.

    Reading on does not wait for a webhook, nor for a webhook's sync that is at work, if what it gives is there.
    Raises what a sync raises.
    """
    held = look(checkout)
    if held.stage != Stage.PAID:
        return Outcome.PENDING if held.stage == Stage.PENDING else Outcome.UNPAID
    try:
        subscription = sync_patiently(held.subscription_id, at=at)
    except Busy:
        known = Subscription.objects.filter(provider=checkout.provider, provider_id=held.subscription_id).first()
        if known is None or not _opens(known, at):
            raise
        subscription = known
    if subscription.undo_at or subscription.payments.filter(refund_due=True).exists():
        return Outcome.RETURNED
    return Outcome.OPENED if _opens(subscription, at) else Outcome.OVER


def _opens(subscription: Subscription, at: datetime) -> bool:
    return Entitlement.objects.current(at).filter(source=subscription.source).exists()
