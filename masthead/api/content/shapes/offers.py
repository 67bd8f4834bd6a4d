"""An offer as clients see it."""

from typing import Any

from masthead.billing.models import Offer
from masthead.billing.models.offer import Discount, Lasts
from masthead.core.shown_ids import shown_id

KINDS = {Discount.PERCENT: "percent", Discount.AMOUNT: "fixed", Discount.TRIAL: "trial"}


def told_offer(offer: Offer) -> dict[str, Any]:
    """Return all fields of an offer; the provider's name for it is not among them."""
    return {
        "id": shown_id("offer", offer.public_id),
        "name": offer.name,
        "code": offer.code,
        "display_title": offer.title or None,
        "display_description": offer.description or None,
        "type": KINDS[Discount(offer.discount)],
        "cadence": offer.period,
        "amount": offer.amount,
        "duration": offer.lasts,
        "duration_in_months": offer.months if offer.lasts == Lasts.REPEATING else None,
        "currency_restriction": bool(offer.currency),
        "currency": offer.currency or None,
        "status": "active",
        "redemption_type": "signup",
        "tier": {"id": shown_id("tier", offer.tier.public_id), "name": offer.tier.name} if offer.tier else None,
    }
