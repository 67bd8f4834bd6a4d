"""Deleting a member."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from masthead.core import events
from masthead.members.models import Member, SignInRequest, Tombstone
from masthead.members.roles import Role
from masthead.members.signing_in import end_sessions

Hook = Callable[[Member, datetime], None]
_hooks: list[Hook] = []


class DeletionRefused(Exception):
    """The member cannot be deleted now; the message says why and what to do."""


def before_deletion(hook: Hook) -> Hook:
    """Register what must be done before a member goes, such as cancelling at the provider; it may raise DeletionRefused.

    Hooks run outside the transaction, because they may call somebody else, and must bear being run twice.
    """
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def delete_member(member: Member, *, at: datetime) -> None:
    """Delete a member with everything personal, and leave a tombstone; raises DeletionRefused.

    Staff are refused: their name stands on posts. An owner takes the role away first.
    """
    if member.role != Role.NONE:
        raise DeletionRefused("You are on the staff. Ask an owner to take your role away, then delete the account.")
    for hook in _hooks:
        hook(member, at)
    with transaction.atomic():
        end_sessions(member, at=at)
        Tombstone.objects.create(member_id=member.pk, email_hash=hash_of(member.email), deleted_at=at)
        SignInRequest.objects.filter(email=member.email).delete()
        events.write("member.deleted", f"member:{member.pk}", at=at, actor_id=member.pk)
        member.delete()


def hash_of(email: str) -> str:
    """Hash an address with the site's secret, for comparing: without the secret a list of addresses tells nothing."""
    key = hashlib.sha256(b"tombstone:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, email.encode(), hashlib.sha256).hexdigest()
