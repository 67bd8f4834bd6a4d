"""`masthead staff`: who has a desk, for whoever keeps the server."""

import argparse

from masthead.commands import Refused
from masthead.commands.starting import add_dir, start_publication

ROLES = ("none", "contributor", "author", "editor", "administrator", "owner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, a member's address, and what to do."""
    add_dir(parser)
    parser.add_argument("email", nargs="?", help="the member's mail address; none: list the staff")
    parser.add_argument("--role", choices=ROLES, help="give this role; an address that is new becomes a member")
    parser.add_argument("--forget-passkeys", action="store_true", help="remove lost passkeys, and sign out everywhere")


def run(args: argparse.Namespace) -> int:
    """List the staff, or change one member."""
    start_publication(args)
    if args.email is None:
        return _list()
    if args.role is None and not args.forget_passkeys:
        raise Refused("say what to do with them: --role editor, or --forget-passkeys.")
    return _change(args)


def _list() -> int:
    from masthead.members.models import Member

    for member in Member.objects.staff().order_by("role", "email"):
        keys = member.passkeys.count()
        print(f"{member.email}  {member.role}  {keys} passkey{'' if keys == 1 else 's'}")
    return 0


def _change(args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from masthead.members import standing
    from masthead.members.addresses import checked_address
    from masthead.members.models import Member
    from masthead.members.roles import Role

    try:
        email = checked_address(args.email)
    except ValidationError as error:
        raise Refused(f"“{args.email}”: {error.messages[0]}") from error
    member = Member.objects.filter(email=email).first()
    if member is None and args.role in (None, "none"):
        raise Refused(f"nobody here has the address {email}.")
    member = member or Member.objects.create_user(email)
    try:
        if args.role is not None:
            standing.change_role(member, Role("" if args.role == "none" else args.role), by=None, at=timezone.now())
    except standing.StandingError as error:
        raise Refused(str(error)) from error
    if args.forget_passkeys:
        standing.forget_passkeys(member, by=None, at=timezone.now())
    print(f"{email}  {member.role or 'none'}  {member.passkeys.count()} passkeys")
    return 0
