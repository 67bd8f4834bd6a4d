"""Tiers as clients see them, free membership among them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from masthead.access.models import Tier
from masthead.api.content.shapes.common import link, moment
from masthead.billing.models import Price
from masthead.billing.models.price import Period
from masthead.core.models import Publication
from masthead.core.shown_ids import shown_id

PERIODS = {"monthly_price": Period.MONTH, "yearly_price": Period.YEAR}


def told_tiers(publication: Publication, *, with_unlisted: bool = False) -> list[tuple[int, dict[str, Any]]]:
    """Return (its number, all its fields) of each tier that is offered now; number 0 is free membership.

    Ghost has one currency a tier: it is that of most of its prices, and prices in others are left out.
    """
    prices: dict[int, list[Price]] = {}
    for price in Price.objects.offered():
        prices.setdefault(price.tier_id, []).append(price)
    tiers = Tier.objects.offered() if with_unlisted else Tier.objects.offered().filter(is_listed=True)
    return [(0, _free(publication)), *((tier.pk, _paid(tier, prices.get(tier.pk, []))) for tier in tiers)]


def _paid(tier: Tier, prices: list[Price]) -> dict[str, Any]:
    currency = _currency(prices)
    units = {price.period: price.units for price in reversed(prices) if price.currency == currency}
    return {
        "id": shown_id("tier", tier.public_id),
        "name": tier.name,
        "slug": tier.slug,
        "description": tier.description or None,
        "active": True,
        "type": "paid",
        "welcome_page_url": link(tier.welcome_address),
        "visibility": "public" if tier.is_listed else "none",
        "benefits": tier.benefits,
        "currency": currency,
        **{field: units.get(period) for field, period in PERIODS.items()},
        "trial_days": tier.trial_days,
        "created_at": moment(tier.added_at),
        "updated_at": None,
    }


def _currency(prices: list[Price]) -> str | None:
    """Return the currency of most prices; of two that have as many, the one that came first."""
    found = Counter(price.currency for price in sorted(prices, key=lambda price: price.pk))
    return found.most_common(1)[0][0] if found else None


def _free(publication: Publication) -> dict[str, Any]:
    told: Mapping[str, Any] = publication.free_tier
    return {
        "id": shown_id("tier", "free"),
        "name": told.get("name") or "Free",
        "slug": "free",
        "description": told.get("description") or None,
        "active": True,
        "type": "free",
        "welcome_page_url": link(told.get("welcome_address")),
        "visibility": "public",
        "benefits": told.get("benefits") or [],
        "trial_days": 0,
        "created_at": None,
        "updated_at": None,
    }
