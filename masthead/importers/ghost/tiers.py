"""Products of Ghost as our tiers."""

from typing import Any

from masthead.access.models import Tier
from masthead.content.changing import change_publication
from masthead.core.models import Publication
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.prices import bring_known_price, bring_prices
from masthead.importers.ghost.run import RowError, Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.values import moment, number, path_here
from masthead.importers.markdown.values import as_line


def bring_tiers(run: Run) -> None:
    """Bring in every tier with its benefits and prices, and every price that Stripe knows of them.

    What free members are offered is no tier here: it is kept with the publication.
    """
    run.each("tiers", run.staged.rows("products"), run.staged.count("products"), bring_tier)
    run.each("prices", run.staged.rows("stripe_prices"), run.staged.count("stripe_prices"), bring_known_price)


def is_free(row: Row) -> bool:
    """Whether a product is what one gets without paying; before Ghost 4.22 only its lack of prices says so."""
    if row.text("type"):
        return row.text("type") == "free"
    return not any(row.get(name) for name in ("monthly_price", "yearly_price", "monthly_price_id", "yearly_price_id"))


def bring_tier(run: Run, row: Row) -> str:
    """Bring in one product, as the export or the running site has it."""
    if is_free(row):
        return _bring_free(run, row)
    if not row.text("name"):
        raise RowError("it has no name")
    told = _told(run, row)
    facts = {"slug": row.text("slug"), "name": row.text("name")}
    tier, word = bring_as(run, "tier", row.id, told, known_as=Tier.objects.filter(slug=told["slug"]), facts=facts)
    if tier is not None:
        bring_prices(run, row, tier)
    return word


def _told(run: Run, row: Row) -> dict[str, Any]:
    is_active = "active" not in row or row.is_on("active")
    added = moment(row.get("created_at")) or run.at
    return {
        "slug": row.text("slug")[:60] or row.id[:60],
        "name": row.text("name")[:80],
        "description": row.text("description")[:300],
        "benefits": benefits_of(run, row),
        "position": min(row.place, 32767),
        "is_listed": row.text("visibility") in ("", "public"),
        "welcome_address": path_here(row.get("welcome_page_url"), run.home)[:2000],
        "trial_days": min(number(row.get("trial_days")) or 0, 32767),
        "added_at": added,
        "archived_at": None if is_active else moment(row.get("updated_at")) or added,
    }


def benefits_of(run: Run, row: Row) -> list[str]:
    """Return the lines that say what a product gives, in their order; the running site has them with the product."""
    inline = row.get("benefits")
    if isinstance(inline, list):
        return [line for one in inline if (line := as_line(one)[:200])]
    links = run.staged.where("products_benefits", "product_id", row.id)
    links.sort(key=lambda link: number(link.get("sort_order")) or 0)
    found = (run.staged.get("benefits", link.get("benefit_id")) for link in links)
    return [benefit.text("name")[:200] for benefit in found if benefit and benefit.text("name")]


def _bring_free(run: Run, row: Row) -> str:
    told = {
        "name": row.text("name")[:80],
        "description": row.text("description")[:300],
        "benefits": benefits_of(run, row),
        "welcome_address": path_here(row.get("welcome_page_url"), run.home)[:2000],
    }
    paper = Publication.current()
    if paper.free_tier == told or (paper.free_tier and not run.options.overwrite):
        return "unchanged" if paper.free_tier == told else "left alone"
    change_publication({"free_tier": told}, by=None, at=run.at)
    return "updated"
