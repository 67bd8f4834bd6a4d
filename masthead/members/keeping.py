"""Members as staff and their programs keep them: adding, changing, labelling. Never anybody with a role."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from masthead.core import events
from masthead.core.slugs import slug_from
from masthead.members.models import Label, Member
from masthead.members.roles import Role

FIELDS = frozenset({"name", "note"})


class KeepingError(ValueError):
    """A member who cannot be added or changed here; the message says what to do."""


def add_member(email: str, *, at: datetime, name: str = "", note: str = "", labels: Iterable[Label] = ()) -> Member:
    """Add a member with an address as members/addresses.py checks it; no mail goes out.

    Raises KeepingError where somebody has the address already.
    """
    try:
        with transaction.atomic():
            member = Member.objects.create_user(email, name=name, note=note, joined_at=at)
            member.labels.set(labels)
            events.write("member.added", f"member:{member.pk}", at=at)
    except IntegrityError as error:
        raise KeepingError("There is a member with this address. Change that one instead.") from error
    return member


def change_member(
    member: Member, changes: Mapping[str, str], *, labels: Iterable[Label] | None = None, at: datetime
) -> None:
    """Change a member's name and note, and put these labels in place of theirs; None leaves those as they are.

    Raises KeepingError for anybody on the staff.
    """
    if unknown := set(changes) - FIELDS:
        raise TypeError(f"Staff cannot change {', '.join(sorted(unknown))} of a member.")
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        if held.role != Role.NONE:
            raise KeepingError("This is somebody on the staff. Their own account is the place to change it.")
        facts: dict[str, Any] = {"fields": sorted(changes) + (["labels"] if labels is not None else [])}
        for name, value in changes.items():
            setattr(member, name, value)
        member.save(update_fields=sorted(changes))
        if labels is not None:
            member.labels.set(labels)
        events.write("member.changed", f"member:{member.pk}", at=at, **facts)


def labels_named(names: Iterable[str]) -> list[Label]:
    """Return the labels of these names, in any case, making those that are missing."""
    found: dict[int, Label] = {}
    for name in names:
        label = Label.objects.filter(name__iexact=name).first() or _made(name)
        found[label.pk] = label
    return list(found.values())


def _made(name: str) -> Label:
    base = slug_from(name, fallback="label")
    slug, number = base, 2
    while Label.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return Label.objects.create(slug=slug, name=name)
