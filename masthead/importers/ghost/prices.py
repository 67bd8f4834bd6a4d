"""What Ghost's tiers cost, and what Stripe calls those prices."""

from masthead.access.models import Tier
from masthead.billing.models import Price
from masthead.billing.models.price import Period
from masthead.billing.pricing import archive, know, offer, price_like
from masthead.importers.ghost.counterparts import find, ours, remember
from masthead.importers.ghost.run import RowError, Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.values import currency, number

COLUMNS = ((Period.MONTH, "monthly_price"), (Period.YEAR, "yearly_price"))


def bring_prices(run: Run, row: Row, tier: Tier) -> None:
    """Offer the tier at what it costs in Ghost now; what it cost at the last run is offered no more.

    A price that the desk made, or archived, stays as it is.
    """
    for period, column in COLUMNS:
        costs = _cost(run, row, column)
        known = find("price", f"{row.id}:{period}")
        before = Price.objects.filter(pk=known.object_id or 0).first() if known else None
        if before and costs == (before.units, before.currency):
            continue
        if before and before.archived_at is None:
            archive(before, at=run.at)
        if costs:
            price = price_like(tier, period, *costs, at=run.at)
            offer(price, at=run.at)
            remember("price", f"{row.id}:{period}", at=run.at, object_id=price.pk)


def _cost(run: Run, row: Row, column: str) -> tuple[int, str] | None:
    """Return (minor units, currency): from the product itself, or, before Ghost 5, from the price of Stripe that it names."""
    units = number(row.get(column))
    if units:
        return units, currency(row.get("currency"))
    named = row.get(f"{column}_id")
    price = run.staged.get("stripe_prices", named) if named else None
    if price is None:
        return None
    units = number(price.get("amount"))
    return (units, currency(price.get("currency"))) if units else None


def bring_known_price(run: Run, row: Row) -> str:
    """Remember what Stripe calls a price, so that a subscription to it is one to ours; also one that is sold no more."""
    if row.text("type") not in ("", "recurring") or row.text("interval") not in Period.values:
        return "left out (no subscription by month or year)"
    product = next(iter(run.staged.where("stripe_products", "stripe_product_id", row.text("stripe_product_id"))), None)
    tier = Tier.objects.filter(pk=ours("tier", product.text("product_id")) or 0).first() if product else None
    units = number(row.get("amount"))
    if tier is None or units is None:
        raise RowError("its tier is not in the export, or it has no amount")
    price = price_like(tier, row.text("interval"), units, currency(row.get("currency")), at=run.at)
    names = {"provider_id": row.text("stripe_price_id")[:120], "product_id": row.text("stripe_product_id")[:120]}
    return "created" if know(price, provider="stripe", **names) else "unchanged"
