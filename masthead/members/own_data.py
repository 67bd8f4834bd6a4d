"""A member's own data, to be downloaded."""

from collections.abc import Callable
from typing import Any

from masthead.members.models import Member, SignInRequest

Section = Callable[[Member], Any]
_sections: dict[str, Section] = {}


def section(name: str, of: Section) -> None:
    """Register what a package knows of a member, under a name of its own."""
    _sections[name] = of


def own_data(member: Member) -> dict[str, Any]:
    """Return everything that is kept of a member, ready for JSON."""
    return {
        "address": member.email,
        "name": member.name,
        "note of staff": member.note,
        "labels": list(member.labels.values_list("name", flat=True)),
        "joined_at": member.joined_at.isoformat(),
        "devices": [
            {
                "browser": d.browser,
                "first_seen_at": d.first_seen_at.isoformat(),
                "last_seen_at": d.last_seen_at.isoformat(),
            }
            for d in member.devices.order_by("pk")
        ],
        "requests for codes": [
            r.asked_at.isoformat() for r in SignInRequest.objects.filter(email=member.email).order_by("pk")
        ],
        "passkeys": [{"name": p.name, "added_at": p.added_at.isoformat()} for p in member.passkeys.order_by("pk")],
    } | {name: of(member) for name, of in sorted(_sections.items())}
