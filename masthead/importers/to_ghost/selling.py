"""Tiers, prices and offers as Ghost's rows."""

from collections.abc import Callable
from typing import Any

from masthead.access.models import Tier
from masthead.billing.models import KnownPrice, Offer, Price
from masthead.core.models import Publication
from masthead.core.slugs import slug_from
from masthead.importers.to_ghost.ids import Ids, made
from masthead.importers.to_ghost.spooling import Spool, flag, moment
from masthead.importers.to_ghost.uploads import HOME

Note = Callable[[str], None]


def write_tiers(spool: Spool, note: Note) -> None:
    """Write what is free, then every tier with its benefits and prices; a note for a price that Ghost has no place for."""
    _write_free(spool)
    ids = Ids("tier")
    for tier in Tier.objects.all():
        id = ids.of(tier.pk, tier.public_id)
        spool.add(
            "products",
            {
                "id": id,
                "name": tier.name,
                "slug": tier.slug,
                "active": flag(tier.archived_at is None),
                "type": "paid",
                "visibility": "public" if tier.is_listed else "none",
                "welcome_page_url": _address(tier.welcome_address),
                "trial_days": tier.trial_days,
                "description": tier.description or None,
                **_prices(tier, note),
                "created_at": moment(tier.added_at),
                "updated_at": moment(tier.archived_at or tier.added_at),
            },
        )
        _write_benefits(spool, id, tier.benefits)
    _write_known(spool, ids)


def _write_free(spool: Spool) -> None:
    told = Publication.current().free_tier
    id = made("product", "free")
    spool.add(
        "products",
        {
            "id": id,
            "name": told.get("name") or "Free",
            "slug": "free",
            "active": 1,
            "type": "free",
            "visibility": "public",
            "welcome_page_url": _address(told.get("welcome_address") or ""),
            "trial_days": 0,
            "description": told.get("description") or None,
        },
    )
    _write_benefits(spool, id, told.get("benefits") or [])


def _prices(tier: Tier, note: Note) -> dict[str, Any]:
    """Return what it costs by month and year: Ghost knows one currency a tier, and one price a period."""
    offered = list(Price.objects.filter(tier=tier, archived_at=None).order_by("pk"))
    currency = offered[0].currency if offered else None
    found: dict[str, Any] = {"currency": currency, "monthly_price": None, "yearly_price": None}
    for price in offered:
        column = f"{price.period}ly_price"
        if price.currency != currency or found.get(column) is not None:
            note(f"{tier.name}: Ghost has no place for its price of {price.money} a {price.period}; it is left out")
        else:
            found[column] = price.units
    return found


def _write_benefits(spool: Spool, product: str, lines: list[str]) -> None:
    for place, line in enumerate(lines):
        id = made("benefit", f"{product}:{place}:{line}")
        spool.add("benefits", {"id": id, "name": line, "slug": f"{slug_from(line, fallback='benefit')[:150]}-{id[:6]}"})
        row = {"id": made("products_benefits", id), "product_id": product, "benefit_id": id, "sort_order": place}
        spool.add("products_benefits", row)


def _write_known(spool: Spool, ids: Ids) -> None:
    """Write what Stripe calls tiers and prices, so that subscriptions go on."""
    products: set[str] = set()
    for known in KnownPrice.objects.filter(provider="stripe").select_related("price__tier").order_by("pk"):
        tier = known.price.tier
        product = known.product_id or f"unknown_{tier.slug}"
        if product not in products:
            products.add(product)
            row = {"id": made("stripe_product", product), "product_id": ids.of(tier.pk, tier.public_id)}
            spool.add("stripe_products", row | {"stripe_product_id": product})
        spool.add(
            "stripe_prices",
            {
                "id": made("stripe_price", known.provider_id),
                "stripe_price_id": known.provider_id,
                "stripe_product_id": product,
                "active": flag(known.price.archived_at is None),
                "nickname": str(known.price.get_period_display()),
                "currency": known.price.currency.lower(),
                "amount": known.price.units,
                "type": "recurring",
                "interval": known.price.period,
            },
        )


def write_offers(spool: Spool) -> None:
    """Write every offer."""
    ids, tiers = Ids("offer"), Ids("tier")
    for offer in Offer.objects.select_related("tier").order_by("pk").iterator():
        spool.add(
            "offers",
            {
                "id": ids.of(offer.pk, offer.public_id),
                "active": flag(offer.archived_at is None),
                "name": offer.name,
                "code": offer.code,
                "product_id": tiers.of(offer.tier.pk, offer.tier.public_id) if offer.tier else None,
                "stripe_coupon_id": offer.coupon_id or None,
                "interval": offer.period,
                "currency": offer.currency or None,
                "discount_type": offer.discount,
                "discount_amount": offer.amount,
                "duration": offer.lasts,
                "duration_in_months": offer.months or None,
                "portal_title": offer.title or None,
                "portal_description": offer.description or None,
                "redemption_type": "retention" if offer.is_for_staying else "signup",
                "created_at": moment(offer.added_at),
                "updated_at": moment(offer.archived_at or offer.added_at),
            },
        )


def _address(address: str) -> str | None:
    return HOME + address if address.startswith("/") else address or None
