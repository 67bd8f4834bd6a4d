"""Offers of Ghost as ours."""

from typing import Any

from masthead.billing.models import Offer
from masthead.billing.models.offer import Discount, Lasts
from masthead.billing.models.price import Period
from masthead.importers.ghost.counterparts import ours
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.run import RowError, Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.values import currency, moment, number

DISCOUNTS = {"percent": Discount.PERCENT, "amount": Discount.AMOUNT, "fixed": Discount.AMOUNT, "trial": Discount.TRIAL}


def bring_offers(run: Run) -> None:
    """Bring in every offer; how often it was taken up is kept beside it."""
    run.each("offers", run.staged.rows("offers"), run.staged.count("offers"), _bring)


def _bring(run: Run, row: Row) -> str:
    told = _told(run, row)
    facts = {"redemptions": len(run.staged.where("offer_redemptions", "offer_id", row.id))}
    same = Offer.objects.filter(code=told["code"])
    _, word = bring_as(run, "offer", row.id, told, known_as=same, facts=facts)
    return word


def _told(run: Run, row: Row) -> dict[str, Any]:
    discount, lasts = DISCOUNTS.get(row.text("discount_type")), row.text("duration") or Lasts.ONCE
    amount, period = number(row.get("discount_amount")), row.text("interval") or Period.MONTH
    if discount is None or amount is None or lasts not in Lasts.values or period not in Period.values:
        raise RowError("what it takes off, or for how long, is not known here")
    if discount == Discount.PERCENT and amount > 100:
        raise RowError(f"it takes off {amount} percent")
    added = moment(row.get("created_at")) or run.at
    return {
        "name": row.text("name")[:191] or row.id,
        "code": row.text("code")[:191] or row.id,
        "tier_id": _tier(row),
        "period": period,
        "discount": discount,
        "amount": amount,
        "currency": currency(row.get("currency")) if discount == Discount.AMOUNT else "",
        "lasts": lasts,
        "months": min(number(row.get("duration_in_months")) or 0, 32767),
        "title": row.text("portal_title")[:191],
        "description": row.text("portal_description"),
        "is_for_staying": row.text("redemption_type") == "retention",
        "coupon_id": row.text("stripe_coupon_id")[:120],
        "added_at": added,
        "archived_at": None if "active" not in row or row.is_on("active") else added,
    }


def _tier(row: Row) -> int | None:
    """Return the tier that it is for; none is every tier."""
    product = row.text("product_id")
    tier = ours("tier", product) if product else None
    if product and tier is None:
        raise RowError("its tier was not imported")
    return tier
