"""A paying member, made as staff would make one."""

from datetime import timedelta

from django.utils import timezone

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.members.models import Member

EMAIL = "reader@readers.example"


def paying_member() -> Member:
    """Return the member, made if there is none."""
    known: Member | None = Member.objects.filter(email=EMAIL).first()
    if known:
        return known
    at = timezone.now()
    member: Member = Member.objects.create_user(EMAIL, name="Reader")
    tier = Tier.objects.create(slug="reader", name="Reader", position=0)
    entitle(
        member,
        tier,
        source="bench:reader",
        why=Why.COMPLIMENTARY,
        starts_at=at - timedelta(days=1),
        ends_at=None,
        at=at,
    )
    return member
