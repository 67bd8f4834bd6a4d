"""What newsletters know of a member, for their own download."""

from typing import Any

from masthead.members.models import Member
from masthead.newsletters.models import Choice, Suppression


def choices_of(member: Member) -> dict[str, Any]:
    """Return which newsletters a member took and left, and whether their address is not mailed any more."""
    rows = Choice.objects.filter(member=member).select_related("newsletter").order_by("newsletter__position", "pk")
    suppressed = Suppression.objects.filter(email=member.email).first()
    return {
        "choices": [
            {"newsletter": row.newsletter.name, "takes": row.takes, "by": row.by, "at": row.at.isoformat()}
            for row in rows
        ],
        "not mailed because": suppressed.reason if suppressed else None,
    }
