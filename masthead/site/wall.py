"""The wall: what it says, and what reading on costs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from masthead.access.models import Tier
from masthead.access.reader import Reader
from masthead.access.visibility import Visibility
from masthead.billing.models import Price
from masthead.billing.providers import provider
from masthead.content.reading import Reading


@dataclass(frozen=True)
class Wall:
    """What stands at the cut: a heading, the cheapest price that opens the post, and which ways lead on."""

    heading: str
    price: Price | None
    is_upgrade: bool
    needs_only_account: bool


def wall_for(reading: Reading, reader: Reader) -> Wall | None:
    """Return the wall that this Reader stands before, or None if there is none."""
    if not reading.is_cut:
        return None
    return Wall(
        heading=_heading(reading),
        price=_cheapest(reading),
        is_upgrade=bool(reader.tiers),
        needs_only_account=reading.visibility == Visibility.MEMBERS,
    )


def _heading(reading: Reading) -> str:
    if reading.visibility == Visibility.MEMBERS:
        return _("This post is for members only")
    if reading.visibility == Visibility.TIERS:
        names = ", ".join(Tier.objects.filter(pk__in=reading.tier_ids).values_list("name", flat=True))
        return _("This post is for subscribers of %(tiers)s only") % {"tiers": names}
    return _("This post is for paying subscribers only")


def _cheapest(reading: Reading) -> Price | None:
    if reading.visibility not in (Visibility.PAID, Visibility.TIERS) or provider() is None:
        return None
    prices = Price.objects.offered().filter(period="month")
    if reading.visibility == Visibility.TIERS:
        prices = prices.filter(tier__in=reading.tier_ids)
    return prices.order_by("units").first()
