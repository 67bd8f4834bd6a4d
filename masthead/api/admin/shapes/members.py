"""A member as programs of the staff see it. Nobody with a role is among them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.api.content.shapes.common import moment
from masthead.api.content.shapes.newsletters import told_newsletter
from masthead.billing.models import Subscription
from masthead.core.shown_ids import shown_id, shown_uuid
from masthead.members.models import Label, Member
from masthead.newsletters.models import Choice, Suppression

# What opens a tier -> status in Ghost; the first that a member has counts.
STATUS = {
    Why.SUBSCRIPTION: "paid",
    Why.IMPORTED: "paid",
    Why.GIFT: "gift",
    Why.COMPLIMENTARY: "comped",
}


def told_label(label: Label) -> dict[str, Any]:
    """Return all fields of a label."""
    return {"id": shown_id("label", label.slug), "name": label.name, "slug": label.slug}


def told_members(rows: Iterable[Member], *, at: datetime) -> list[dict[str, Any]]:
    """Return members with what they hold and take, in a fixed number of queries."""
    rows = list(rows)
    held = _by_member(Entitlement.objects.current(at).filter(member__in=rows).select_related("tier").order_by("pk"))
    chosen = Choice.objects.filter(member__in=rows, takes=True).select_related("newsletter")
    taken = _by_member(chosen.order_by("newsletter__position", "newsletter_id"))
    running = Subscription.objects.running().filter(member__in=rows).select_related("price__tier").order_by("pk")
    paying = _by_member(running)
    emails = [row.email for row in rows]
    suppressed = dict(Suppression.objects.filter(email__in=emails).values_list("email", "reason"))
    return [
        _told(row, held.get(row.pk, []), taken.get(row.pk, []), paying.get(row.pk, []), suppressed.get(row.email))
        for row in rows
    ]


def _by_member(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def _told(
    member: Member, held: list[Entitlement], taken: list[Choice], paying: list[Subscription], reason: str | None
) -> dict[str, Any]:
    whys = {row.why for row in held}
    status = next((word for why, word in STATUS.items() if why in whys), "free")
    return {
        "id": shown_id("member", member.public_id),
        "uuid": shown_uuid("member", member.public_id),
        "email": member.email,
        "name": member.name or None,
        "note": member.note or None,
        "geolocation": None,
        "status": status,
        "comped": status == "comped",
        "created_at": moment(member.joined_at),
        "updated_at": None,
        "labels": [told_label(label) for label in member.labels.all()],
        "tiers": [_tier(row) for row in _longest(held)],
        "newsletters": [_newsletter(row) for row in taken],
        "subscribed": bool(taken) and reason is None,
        "subscriptions": [_subscription(row) for row in paying],
        "email_suppression": {"suppressed": reason is not None, "info": {"reason": reason} if reason else None},
        "avatar_image": None,
        "last_seen_at": None,
    }


def _longest(held: list[Entitlement]) -> list[Entitlement]:
    """Return one entitlement a tier, that which ends last."""
    found: dict[int, Entitlement] = {}
    for row in held:
        known = found.get(row.tier_id)
        if known is None or (known.ends_at and (row.ends_at is None or row.ends_at > known.ends_at)):
            found[row.tier_id] = row
    return list(found.values())


def _tier(row: Entitlement) -> dict[str, Any]:
    return {
        "id": shown_id("tier", row.tier.public_id),
        "name": row.tier.name,
        "slug": row.tier.slug,
        "active": row.tier.archived_at is None,
        "type": "paid",
        "expiry_at": moment(row.ends_at),
    }


def _newsletter(row: Choice) -> dict[str, Any]:
    told = told_newsletter(row.newsletter)
    return {name: told[name] for name in ("id", "name", "description", "slug", "status")}


def _subscription(row: Subscription) -> dict[str, Any]:
    tier = row.price.tier
    return {
        "id": shown_id("subscription", row.public_id),
        "status": row.state,
        "start_date": moment(row.started_at),
        "current_period_end": moment(row.period_ends_at),
        "cancel_at_period_end": row.cancels_at_period_end,
        "price": {"amount": row.price.units, "currency": row.price.currency, "interval": row.price.period},
        "tier": {"id": shown_id("tier", tier.public_id), "name": tier.name, "slug": tier.slug},
    }
