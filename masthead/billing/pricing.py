"""Offering prices, and finding the one of ours that an amount elsewhere is."""

from datetime import datetime

from django.db import transaction

from masthead.access.models import Tier
from masthead.billing.models import KnownPrice, Price
from masthead.core import events


def offer(price: Price, *, at: datetime) -> None:
    """Let a price be bought from now on."""
    with transaction.atomic():
        price.archived_at = None
        price.save(update_fields=["archived_at"])
        events.write("price.offered", f"price:{price.pk}", at=at)


def archive(price: Price, *, at: datetime) -> None:
    """Let nobody buy a price any more; who pays it goes on paying it."""
    with transaction.atomic():
        price.archived_at = at
        price.save(update_fields=["archived_at"])
        events.write("price.archived", f"price:{price.pk}", at=at)


def price_like(tier: Tier, period: str, units: int, currency: str, *, at: datetime) -> Price:
    """Return the tier's price of this amount; where there is none, a new one that is archived and so never offered.

    One that is offered is preferred to an archived one of the same amount.
    """
    same = Price.objects.filter(tier=tier, period=period, units=units, currency=currency)
    return (
        same.filter(archived_at=None).order_by("pk").first()
        or same.order_by("pk").first()
        or Price.objects.create(tier=tier, period=period, units=units, currency=currency, archived_at=at)
    )


def known_price(provider: str, provider_id: str) -> Price | None:
    """Return our price that a provider knows by this name."""
    known = KnownPrice.objects.filter(provider=provider, provider_id=provider_id).select_related("price__tier").first()
    return known.price if known else None


def know(price: Price, *, provider: str, provider_id: str, product_id: str = "") -> bool:
    """Remember the name that a provider has for a price; a name that is known stays with its price. Say whether it is new."""
    _, is_new = KnownPrice.objects.get_or_create(
        provider=provider, provider_id=provider_id, defaults={"price": price, "product_id": product_id}
    )
    return is_new
