"""The people of the demo: one of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.billing.models import Price
from masthead.members.models import Member
from masthead.members.roles import Role


@dataclass(frozen=True)
class Persona:
    """A name for the strip, an address, a role and the tier that is held, if any."""

    key: str
    label: str
    role: Role = Role.NONE
    tier: str = ""
    has_lapsed: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@readers.example"


PERSONAS = [
    Persona("free", "Free member"),
    Persona("paid", "Paying member", tier="reader"),
    Persona("gold", "Gold member", tier="gold"),
    Persona("lapsed", "Lapsed member", tier="reader", has_lapsed=True),
    Persona("editor", "Editor", role=Role.EDITOR),
    Persona("owner", "Owner", role=Role.OWNER),
]
TIERS = [
    ("reader", "Reader", ["Every report, to the end", "The archive", "No advertising"], 800, 8000),
    ("gold", "Gold", ["Everything in Reader", "The Thursday briefing", "Our thanks in print"], 1600, 16000),
]


def make_tiers() -> None:
    """Make the tiers and their prices, once."""
    for position, (slug, name, benefits, month, year) in enumerate(TIERS):
        tier, _ = Tier.objects.get_or_create(
            slug=slug, defaults={"name": name, "benefits": benefits, "position": position}
        )
        for period, units in (("month", month), ("year", year)):
            Price.objects.get_or_create(tier=tier, period=period, currency="EUR", defaults={"units": units})


def make_members(*, at: datetime, tiers: Sequence[str] = ()) -> None:
    """Make one member of each kind, once; of the paper's own `tiers` the first and the last stand for ours."""
    own = {"reader": tiers[0], "gold": tiers[-1]} if tiers else {}
    for persona in PERSONAS:
        member = Member.objects.filter(email=persona.email).first() or Member.objects.create_user(
            persona.email, name=persona.label, role=persona.role, joined_at=at - timedelta(days=90)
        )
        if persona.tier and not member.entitlements.exists():
            entitle(
                member,
                Tier.objects.get(slug=own.get(persona.tier, persona.tier)),
                source=f"demo:{persona.key}",
                why=Why.COMPLIMENTARY,
                starts_at=at - timedelta(days=60),
                ends_at=at - timedelta(days=1) if persona.has_lapsed else None,
                at=at,
            )
