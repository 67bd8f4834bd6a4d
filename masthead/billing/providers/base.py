"""What every payment provider can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from masthead.billing.models import Checkout


class ProviderError(Exception):
    """The provider did not answer, or not as it should; trying again later is right."""


class BadSignature(Exception):
    """A webhook that the provider did not sign."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a webhook says: look at this object again."""

    event_id: str
    kind: str
    object_id: str


class Stage(StrEnum):
    """How far a payment page came."""

    OPEN = "open"  # it can be paid
    PENDING = "pending"  # it was paid in a way that is confirmed later, or refused: a bank debit
    PAID = "paid"
    EXPIRED = "expired"  # it was not paid and cannot be any more


@dataclass(frozen=True, slots=True)
class CheckoutObject:
    """A payment page as the provider holds it now; it names a subscription once it is paid, and only then."""

    stage: Stage
    subscription_id: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment, in whole minor units; paid back if `refunded_at` is set."""

    provider_id: str
    units: int
    currency: str
    paid_at: datetime
    refunded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionObject:
    """A subscription as the provider holds it now. `checkout` is the public id of the checkout that began it.

    `paid_until` is the end of the last period that was paid, and so before `period_ends_at` while a renewal is owed.
    """

    provider_id: str
    checkout: str
    price: str
    units: int
    currency: str
    status: str  # active, past_due or ended
    started_at: datetime
    period_ends_at: datetime
    paid_until: datetime
    ended_at: datetime | None
    cancels_at_period_end: bool
    payments: tuple[Paid, ...]


class Provider(Protocol):
    """Every call but `verify` may take seconds and raises ProviderError; none is made inside a transaction.

    `key` makes a repeated call the same call.
    """

    name: str

    def start_checkout(self, checkout: Checkout, *, success_url: str, cancel_url: str) -> tuple[str, str]:
        """Return (provider's id, address to send the payer to); the same checkout again gives the same."""

    def expire_checkout(self, checkout_id: str) -> bool:
        """Let nobody pay this page any more, and say whether that holds: False for one paid or pending already."""

    def fetch_checkout(self, checkout_id: str) -> CheckoutObject:
        """Return the payment page as it is now."""

    def verify(self, body: bytes, headers: Mapping[str, str], *, at: datetime) -> Hint:
        """Check the signature over the raw bytes; raises BadSignature."""

    def fetch(self, subscription_id: str) -> SubscriptionObject:
        """Return the subscription as it is now."""

    def cancel_at_period_end(self, subscription_id: str, *, key: str) -> None:
        """Let it end with the period that is paid."""

    def resume(self, subscription_id: str, *, key: str) -> None:
        """Take a cancellation back before it takes effect."""

    def cancel_now(self, subscription_id: str, *, key: str) -> None:
        """End it at once; for one that has ended already there is nothing to do, and no error."""

    def refund(self, payment_id: str, *, key: str) -> None:
        """Pay one payment back in full; for one paid back already there is nothing to do, and no error."""
