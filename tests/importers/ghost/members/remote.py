"""Members of a running Ghost as a test writes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.importers.ghost.members.bringing import GOLD, SILVER, Ghost, row
from tests.stand_ins.ghost import KEY, StandIn, running_ghost
from tests.stand_ins.ghost import member as plain

__all__ = ["complimentary", "reader", "site_of", "subscription"]
Row = dict[str, Any]


@contextmanager
def site_of(ghost: Ghost, settings: Any, *members: Row, **holds: Any) -> Iterator[StandIn]:
    """Run the site that the export is of, and let the import ask it."""
    holds.setdefault("newsletters", ghost.tables["newsletters"])
    with running_ghost(members=list(members), **holds) as site:
        settings.FETCH_ALLOW = [site.server.pair]
        ghost.site, ghost.key = site.url, KEY
        yield site
    ghost.site = ghost.key = ""


def reader(number: int, *newsletters: str, **more: Any) -> Row:
    """A member of the running site, the same as the list's row of this number."""
    told = row(number)
    secret = f"key-of-{number}"
    base = plain(number, name=told["name"], newsletters=[{"id": id} for id in newsletters])
    base["unsubscribe_url"] = f"https://ghost.example/unsubscribe/?uuid={base['uuid']}&key={secret}"
    return base | more


def complimentary(tier: str = GOLD, *, until: str | None = None) -> Row:
    """A tier as a member holds it."""
    return {"id": tier, "name": tier, "expiry_at": until}


def subscription(number: int = 1, *, tier: str = SILVER, **more: Any) -> Row:
    """A subscription as the Admin API shows one: five euros a month, paid until the first of April."""
    price = {
        "id": f"price{number}", "price_id": f"price_{tier}", "nickname": "Monthly", "amount": 500, "interval": "month",
        "type": "recurring", "currency": "EUR", "tier": {"id": f"prod_{tier}", "tier_id": tier, "name": tier},
    }  # fmt: skip
    plain = {
        "id": f"sub_{number}", "tier": {"id": tier}, "customer": {"id": f"cus_{number}", "name": "", "email": ""},
        "plan": {"id": f"price_{tier}", "nickname": "Monthly", "amount": 500, "interval": "month", "currency": "EUR"},
        "status": "active", "start_date": "2025-01-01T12:00:00.000Z", "cancel_at_period_end": False,
        "current_period_end": "2026-04-01T12:00:00.000Z", "price": price,
    }  # fmt: skip
    return plain | more
