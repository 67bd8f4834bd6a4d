"""The second factor of staff: a passkey, shown in this session, before the desk opens (CHECKS.md 48)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from masthead.core.models import Publication
from masthead.members.models import Member
from masthead.members.passkeys import can_work

CONFIRMED = "passkey_shown_at"  # in the session: seconds since the epoch
FRESH = timedelta(minutes=30)  # for what only an owner or administrator may do


def confirm(request: HttpRequest, *, at: datetime) -> None:
    """Note that whoever holds this session has shown a passkey of its member."""
    request.session[CONFIRMED] = at.timestamp()


def is_confirmed(request: HttpRequest, *, at: datetime, within: timedelta | None = None) -> bool:
    """Say whether a passkey was shown in this session, and, with `within`, not longer ago than that."""
    shown = request.session.get(CONFIRMED)
    if shown is None:
        return False
    return within is None or timedelta(0) <= timedelta(seconds=at.timestamp() - shown) <= within


def is_asked(member: Member, publication: Publication) -> bool:
    """Say whether this member must show a passkey before working at the desk.

    Staff of a live site must, unless its owner has switched it off or its address allows no passkeys; whoever has a
    passkey must in any case, so that a mailbox alone never opens a desk that a passkey protects.
    """
    if not member.is_staff:
        return False
    is_required = settings.IS_LIVE and publication.staff_second_factor and can_work(settings.ADDRESS)
    return is_required or member.passkeys.exists()


def may_change_passkeys(request: HttpRequest, member: Member, *, at: datetime) -> bool:
    """Say whether this session may add or remove passkeys, or move the mail address: staff with one must show it first."""
    return not (member.is_staff and member.passkeys.exists()) or is_confirmed(request, at=at)
