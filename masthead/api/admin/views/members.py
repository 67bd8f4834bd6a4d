"""Members: never anybody on the staff."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from masthead.access.models import Entitlement
from masthead.api.admin.call import Call
from masthead.api.admin.door import NOTHING, Told, door
from masthead.api.admin.errors import Refused, invalid
from masthead.api.admin.public import MEMBER_COLUMNS, MEMBER_ORDERS
from masthead.api.admin.shapes.members import STATUS, told_members
from masthead.api.admin.taking.members import email_of, give_newsletters, give_tiers, labels_of, words_of
from masthead.api.admin.views.lists import told_page
from masthead.api.errors import NotThere
from masthead.core.shown_ids import public_id_of
from masthead.members.deleting import DeletionRefused, delete_member
from masthead.members.keeping import KeepingError, add_member, change_member
from masthead.members.models import Member
from masthead.members.roles import Role
from masthead.newsletters.models import Choice, Suppression

LONGEST_SEARCH = 200


def _rows(at: datetime) -> QuerySet[Any]:
    held = Entitlement.objects.current(at).filter(member=OuterRef("pk"))
    standing = Case(
        *(When(Exists(held.filter(why=why)), then=Value(word)) for why, word in STATUS.items()),
        default=Value("free"),
        output_field=CharField(),
    )
    taken = Choice.objects.filter(member=OuterRef("pk"), takes=True)
    closed = Suppression.objects.filter(email=OuterRef("email"))
    is_subscribed = Case(When(Exists(taken) & ~Exists(closed), then=Value(True)), default=Value(False))
    rows: QuerySet[Any] = Member.objects.filter(role=Role.NONE).prefetch_related("labels")
    named: QuerySet[Any] = rows.alias(standing=standing, is_subscribed=is_subscribed)
    return named


def browse(call: Call) -> dict[str, Any]:
    """Tell one page of the members; `search` looks in names and addresses."""
    rows, search = _rows(call.at), call.request.GET.get("search", "")[:LONGEST_SEARCH].replace("\0", "")
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(email__icontains=search))

    def told(found: Iterable[Member]) -> list[dict[str, Any]]:
        return told_members(found, at=call.at)

    return told_page(call, "members", rows, told, columns=MEMBER_COLUMNS, orders=MEMBER_ORDERS, first="created_at desc")


def read(call: Call, shown_id: str) -> dict[str, Any]:
    """Tell one member by id."""
    return _told(_one(call, shown_id).pk, call)


def add(call: Call) -> Told:
    """Add a member; no mail goes out."""
    given = call.sent("members")
    email = email_of(given)
    with transaction.atomic():
        words, labels = words_of(given, {}), labels_of(given) or []
        try:
            member = add_member(email, labels=labels, at=call.at, **words)
        except KeepingError as error:
            raise invalid("member", "email", f"Member already exists. {error}") from error
        _give(member, given, call, is_new=True)
    told = _told(member.pk, call)
    where = f"{settings.ADDRESS}/ghost/api/admin/members/{told['members'][0]['id']}/"
    return Told(told, 201, {"Location": where})


def edit(call: Call, shown_id: str) -> dict[str, Any]:
    """Change a member as it is sent. Their mail address is theirs to change."""
    given, member = call.sent("members"), _one(call, shown_id)
    if "email" in given and email_of(given) != member.email:
        raise invalid("member", "email", "Only the member can change the address, in the account.")
    told = told_members([member], at=call.at)[0]
    with transaction.atomic():
        words, labels = words_of(given, told), labels_of(given)
        is_same = labels is not None and {row.pk for row in labels} == {row.pk for row in member.labels.all()}
        if words or (labels is not None and not is_same):
            _change(member, words, None if is_same else labels, call)
        _give(member, given, call, is_new=False)
    return _told(member.pk, call)


def delete(call: Call, shown_id: str) -> Told:
    """Delete a member with everything personal; a subscription is cancelled first."""
    try:
        delete_member(_one(call, shown_id), at=call.at)
    except DeletionRefused as error:
        raise Refused("This member cannot be deleted now.", str(error)) from error
    return NOTHING


def _change(member: Member, words: dict[str, str], labels: Any, call: Call) -> None:
    try:
        change_member(member, words, labels=labels, at=call.at)
    except KeepingError as error:
        raise Refused("This member cannot be changed.", str(error)) from error


def _give(member: Member, given: Any, call: Call, *, is_new: bool) -> None:
    give_tiers(member, given, at=call.at)
    call.warnings.extend(give_newsletters(member, given, is_new=is_new, at=call.at))


def _one(call: Call, shown_id: str) -> Member:
    found: Member | None = _rows(call.at).filter(public_id=public_id_of("member", shown_id) or "").first()
    if found is None:
        raise NotThere("Member not found.", "There is no such member, or it is somebody on the staff.")
    return found


def _told(pk: int, call: Call) -> dict[str, Any]:
    return {"members": told_members(_rows(call.at).filter(pk=pk), at=call.at)}


of_members = door(GET=browse, POST=add)
by_id = door(GET=read, PUT=edit, DELETE=delete)
