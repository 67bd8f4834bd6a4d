"""What every payment provider can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment, in whole minor units."""

    provider_id: str
    units: int
    currency: str
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class SubscriptionObject:
    """A subscription as the provider holds it now. `checkout` is the public id of the checkout that began it."""

    provider_id: str
    checkout: str
    price: str
    units: int
    currency: str
    status: str  # active, past_due or ended
    started_at: datetime
    period_ends_at: datetime
    cancels_at_period_end: bool
    payments: tuple[Paid, ...]


class Provider(Protocol):
    """Every call but `verify` may take seconds and raises ProviderError; none is made inside a transaction."""

    name: str

    def start_checkout(self, checkout: Checkout, *, success_url: str, cancel_url: str) -> tuple[str, str]:
        """Return (provider's id, address to send the payer to); the same checkout again gives the same."""

    def verify(self, body: bytes, headers: Mapping[str, str], *, at: datetime) -> Hint:
        """Check the signature over the raw bytes; raises BadSignature."""

    def subscription_of(self, checkout_id: str) -> str | None:
        """Return the id of the subscription that a checkout led to, or None while it is not paid."""

    def fetch(self, subscription_id: str) -> SubscriptionObject:
        """Return the subscription as it is now."""

    def cancel_at_period_end(self, subscription_id: str, *, key: str) -> None:
        """Let it end with the period that is paid. `key` makes a repeated call the same call."""

    def resume(self, subscription_id: str, *, key: str) -> None:
        """Take a cancellation back before it takes effect."""

    def cancel_now(self, subscription_id: str, *, key: str) -> None:
        """End it at once."""
