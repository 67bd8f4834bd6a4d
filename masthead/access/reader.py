"""The Reader: who is asking, reduced to what they may open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser

from masthead.access.models import Entitlement
from masthead.members.models import Member


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking, with no identity in it: two members with the same rights are the same Reader.

    `tiers` holds ids of tiers held now; `unlocked` holds ids of single posts opened for this Reader.
    """

    is_member: bool = False
    is_staff: bool = False
    tiers: frozenset[int] = frozenset()
    unlocked: frozenset[int] = frozenset()

    @classmethod
    def of(cls, member: Member | AnonymousUser | None, *, at: datetime) -> Self:
        """Reduce a member to what they may open at this moment; a banned or absent one is anyone."""
        if not isinstance(member, Member) or not member.is_active:
            return cls()
        tiers = Entitlement.objects.current(at).filter(member=member).values_list("tier_id", flat=True)
        return cls(is_member=True, is_staff=member.is_staff, tiers=frozenset(tiers))


ANYONE = Reader()
STAFF = Reader(is_member=True, is_staff=True)
