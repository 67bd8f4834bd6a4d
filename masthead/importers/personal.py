"""What imports remember of a member."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from masthead.importers.models import Counterpart
from masthead.members.models import Member

# Kinds whose `object_id` is a member: the member as such, and what they wrote.
KINDS: Final = ("member", "comment")


def forget(member: Member, at: datetime) -> None:
    """Forget which rows elsewhere the member was, and what came with them; the tombstone keeps them from coming back."""
    _of(member).delete()


def brought_of(member: Member) -> list[dict[str, Any]]:
    """Return it, ready for JSON."""
    return [
        {"from": row.source, "what": row.kind, "id there": row.foreign_id, "facts": row.facts}
        for row in _of(member).order_by("pk")
    ]


def _of(member: Member) -> QuerySet[Counterpart]:
    return Counterpart.objects.filter(kind__in=KINDS, object_id=member.pk)
