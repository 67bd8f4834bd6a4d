"""What a reader can join: tiers, newsletters, offers."""

from typing import Any

from django.db.models import CharField, Value
from django.http import HttpRequest
from django.utils import timezone

from masthead.api.content.asked import Asked
from masthead.api.content.door import door
from masthead.api.content.filtering import filtered
from masthead.api.content.ordering import ordering
from masthead.api.content.paging import meta, one_page
from masthead.api.content.public import NEWSLETTER_COLUMNS, NEWSLETTER_ORDERS
from masthead.api.content.shapes.newsletters import told_newsletter
from masthead.api.content.shapes.offers import told_offer
from masthead.api.content.shapes.tiers import told_tiers
from masthead.api.content.views.rows import chosen
from masthead.api.errors import NotThere
from masthead.billing.models import Offer
from masthead.core.shown_ids import public_id_of
from masthead.newsletters.models import Newsletter


@door
def tiers(request: HttpRequest) -> dict[str, Any]:
    """Tell the tiers that readers are offered, free membership first."""
    asked = Asked.of(request.GET)
    rows = [told for _, told in told_tiers(request.publication)]  # type: ignore[attr-defined]
    rows = chosen(rows, asked.filter)
    start = (asked.page - 1) * asked.limit
    return {
        "tiers": [_wanted(row, asked) for row in rows[start : start + asked.limit]],
        "meta": meta(len(rows), asked),
    }


@door
def newsletters(request: HttpRequest) -> dict[str, Any]:
    """Tell the newsletters that can be taken."""
    asked = Asked.of(request.GET)
    offered = Newsletter.objects.offered().alias(state=Value("active", output_field=CharField()))
    rows = filtered(offered, asked.filter, NEWSLETTER_COLUMNS, at=timezone.now())
    found, told_meta = one_page(rows.order_by(*ordering(asked.order, NEWSLETTER_ORDERS, "sort_order asc")), asked)
    return {"newsletters": [_wanted(told_newsletter(row), asked) for row in found], "meta": told_meta}


@door
def offer(request: HttpRequest, shown_id: str) -> dict[str, Any]:
    """Tell one offer by its id; one for those who are about to leave is told to nobody else."""
    rows = Offer.objects.filter(archived_at=None, is_for_staying=False).select_related("tier")
    found = rows.filter(public_id=public_id_of("offer", shown_id) or "").first()
    if found is None or (found.tier and found.tier.archived_at):
        raise NotThere("There is no such offer.", "It may have ended.")
    return {"offers": [_wanted(told_offer(found), Asked.of(request.GET))]}


@door
def recommendations(request: HttpRequest) -> dict[str, Any]:
    """Tell that nothing is recommended: Masthead keeps no recommendations."""
    return {"recommendations": [], "meta": meta(0, Asked.of(request.GET))}


def _wanted(told: dict[str, Any], asked: Asked) -> dict[str, Any]:
    return {name: value for name, value in told.items() if asked.wants(name)}
