"""Giving, moving and ending entitlements: what billing, staff and importers all do the same way."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from masthead.access.models import Entitlement, Tier
from masthead.access.models.entitlement import Why
from masthead.core import events
from masthead.members.models import Member


def entitle(
    member: Member, tier: Tier, *, source: str, why: Why, starts_at: datetime, ends_at: datetime | None, at: datetime
) -> Entitlement:
    """Let the member hold the tier from `starts_at` until `ends_at`; the same source again changes that one row.

    Writes `access.changed` only if something did change.
    """
    held = {"member": member, "tier": tier, "starts_at": starts_at, "ends_at": ends_at, "why": why}
    with transaction.atomic():
        before = Entitlement.objects.filter(source=source).select_for_update().first()
        if before and all(getattr(before, name) == value for name, value in held.items()):
            return before
        entitlement, _ = Entitlement.objects.update_or_create(source=source, defaults=held)
        events.write("access.changed", f"member:{member.pk}", at=at, source=source)
    return entitlement


def end_entitlement(source: str, *, at: datetime) -> bool:
    """End the entitlement that this source gave, now; say whether one was running or to begin."""
    with transaction.atomic():
        unended = Entitlement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), source=source)
        held = unended.select_for_update().first()
        if held is None:
            return False
        held.ends_at = at
        held.save(update_fields=["ends_at"])
        events.write("access.changed", f"member:{held.member_id}", at=at, source=source)
    return True


def held_by(member: Member) -> list[dict[str, str | None]]:
    """Return every entitlement that a member ever held, ready for JSON."""
    rows = Entitlement.objects.filter(member=member).select_related("tier").order_by("starts_at", "pk")
    return [
        {
            "tier": row.tier.name,
            "why": row.why,
            "from": row.starts_at.isoformat(),
            "until": row.ends_at.isoformat() if row.ends_at else None,
        }
        for row in rows
    ]
