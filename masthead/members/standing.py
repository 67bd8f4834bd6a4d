"""A member's standing: role, ban."""

from datetime import datetime

from django.db import transaction

from masthead.core import events
from masthead.members.models import Member
from masthead.members.roles import Role
from masthead.members.signing_in import end_sessions


class StandingError(ValueError):
    """A change that would leave the publication without an owner; the message says what to do."""


def change_role(member: Member, role: Role, *, by: Member | None, at: datetime) -> None:
    """Give a member another role and end their other sessions; the last owner cannot lose the role (CHECKS.md 99)."""
    with transaction.atomic():
        _keep_an_owner(member, role)
        member.role = role
        member.save(update_fields=["role"])
        end_sessions(member, at=at)
        events.write(
            "member.role_changed", f"member:{member.pk}", at=at, actor_id=by.pk if by else None, role=str(role)
        )


def ban(member: Member, *, by: Member | None, at: datetime) -> None:
    """Close a member's account: every session ends at once and no code opens another. Refused for the last owner."""
    with transaction.atomic():
        _keep_an_owner(member, Role.NONE)
        member.is_active = False
        member.save(update_fields=["is_active"])
        end_sessions(member, at=at)
        events.write("member.banned", f"member:{member.pk}", at=at, actor_id=by.pk if by else None)


def forget_passkeys(member: Member, *, by: Member | None, at: datetime) -> None:
    """Remove all of a member's passkeys, as after a lost phone, and end every session; the next sign-in adds a new one."""
    with transaction.atomic():
        member.passkeys.all().delete()
        end_sessions(member, at=at)
        events.write("member.passkeys_forgotten", f"member:{member.pk}", at=at, actor_id=by.pk if by else None)


def _keep_an_owner(member: Member, role: Role) -> None:
    owners = Member.objects.select_for_update().filter(role=Role.OWNER, is_active=True).order_by("pk")
    others = [owner for owner in owners if owner.pk != member.pk]  # read, and so locked, whole
    if member.role == Role.OWNER and role != Role.OWNER and not others:
        raise StandingError("A publication needs an owner. Make somebody else an owner first.")
