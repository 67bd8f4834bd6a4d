"""Addresses that are not mailed any more."""

from datetime import datetime

from masthead.members.models.member import normal_address
from masthead.newsletters.models import Suppression
from masthead.newsletters.models.suppression import Reason


def is_suppressed(email: str) -> bool:
    """Say whether no newsletter may go to this address, in whatever case it is written."""
    return Suppression.objects.filter(email=normal_address(email)).exists()


def suppress(email: str, reason: Reason, *, source: str, at: datetime) -> bool:
    """Let no newsletter go to this address any more, and say whether that is new; the first reason stays."""
    _, is_new = Suppression.objects.get_or_create(
        email=normal_address(email), defaults={"reason": reason, "source": source, "at": at}
    )
    return is_new
