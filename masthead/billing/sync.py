"""Bringing a subscription to what the provider says now: the one way in which money becomes access."""

import time
from datetime import datetime

from masthead.billing import turns
from masthead.billing.models import Subscription
from masthead.billing.providers import provider
from masthead.billing.providers.base import ProviderError
from masthead.billing.turns import Busy
from masthead.billing.writing import NotOurs, write

__all__ = ["Busy", "NotOurs", "sync_patiently", "sync_subscription"]

PAUSES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.8)  # seconds; about two in all


def sync_subscription(provider_id: str, *, at: datetime) -> Subscription:
    """Fetch the subscription and write it, its payments and its entitlement in one transaction.

    Syncs of one subscription take turns (Busy), and each fetches in its own turn, so that the last to write is the
    last to have looked; the fetch stands outside the transaction. What was bought is recomputed from our own price
    and checkout, never taken from the provider's metadata (CHECKS.md 53): NotOurs. Running it again, in any order
    with others, gives the same rows. Raises ProviderError if there is no answer.
    """
    shop = provider()
    if shop is None:
        raise ProviderError("No payment provider is configured.")
    token = turns.take(shop.name, provider_id, at=at)
    try:
        return write(shop.name, shop.fetch(provider_id), token, at=at)
    finally:
        turns.release(shop.name, provider_id, token)


def sync_patiently(provider_id: str, *, at: datetime) -> Subscription:
    """Sync for somebody who waits at a page: try again for about two seconds while another sync is at work."""
    for pause in PAUSES:
        try:
            return sync_subscription(provider_id, at=at)
        except Busy:
            time.sleep(pause)
    return sync_subscription(provider_id, at=at)
