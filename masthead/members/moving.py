"""Changing a member's mail address."""

from datetime import datetime

from django.db import IntegrityError, transaction

from masthead.core import events
from masthead.members.mail import send_moved
from masthead.members.models import Member, SignInRequest
from masthead.members.signing_in import end_sessions


def move(request: SignInRequest, *, keep_session: str | None, at: datetime) -> bool:
    """Give the member the address that a spent request proved; tell the former one; end other sessions.

    False, and nothing changes, if somebody took the address in the meantime.
    """
    try:
        return _move(request, keep_session, at)
    except IntegrityError:
        return False


def _move(request: SignInRequest, keep_session: str | None, at: datetime) -> bool:
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=request.changes_id)
        if Member.objects.filter(email=request.email).exclude(pk=member.pk).exists():
            return False
        request.former_email, member.email = member.email, request.email
        member.save(update_fields=["email"])
        request.save(update_fields=["former_email"])
        end_sessions(member, except_key=keep_session, at=at)
        send_moved.enqueue(request.pk)
        events.write("member.mail_changed", f"member:{member.pk}", at=at, actor_id=member.pk)
    return True
