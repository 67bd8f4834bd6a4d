"""Making, changing and deleting tags."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from masthead.content.addresses import keep_old_path
from masthead.content.models.tag import Tag
from masthead.core import events
from masthead.core.slugs import slug_from
from masthead.members.models import Member

INTERNAL = "#"  # a name that begins with it is for staff only
FIELDS = frozenset({"name", "slug", "description", "picture", "extras", "is_internal"})


def slug_of_name(name: str) -> str:
    """Return the slug that a tag of this name gets; an internal one begins with hash-."""
    plain = slug_from(name.removeprefix(INTERNAL), fallback="tag")
    return f"hash-{plain}" if name.startswith(INTERNAL) else plain


def make_tag(name: str, *, by: Member | None, at: datetime, slug: str = "", **fields: Any) -> Tag:
    """Make a tag; its slug gets a number behind it if another tag has it. A name with # in front is internal."""
    _refuse_unknown(fields)
    with transaction.atomic():
        slug = _free(slug or slug_of_name(name), None)
        tag = Tag.objects.create(**{"is_internal": name.startswith(INTERNAL), **fields, "name": name, "slug": slug})
        events.write("tag.made", f"tag:{tag.pk}", at=at, actor_id=by.pk if by else None)
    return tag


def tag_named(name: str, *, by: Member | None, at: datetime) -> Tag:
    """Return the tag of this name, in any case, making one if there is none."""
    known = Tag.objects.filter(name__iexact=name).first() or Tag.objects.filter(slug=slug_of_name(name)).first()
    return known or make_tag(name, by=by, at=at)


def change_tag(tag: Tag, changes: Mapping[str, Any], *, by: Member | None, at: datetime) -> None:
    """Change these fields of a tag; under another slug its former address leads to the new one."""
    _refuse_unknown(changes)
    with transaction.atomic():
        former = tag.path
        for name, value in changes.items():
            setattr(tag, name, _free(value, tag) if name == "slug" else value)
        tag.save(update_fields=sorted(changes))
        if tag.path != former and not tag.is_internal:
            keep_old_path(tag, former)
        events.write("tag.changed", f"tag:{tag.pk}", at=at, actor_id=by.pk if by else None, fields=sorted(changes))


def delete_tag(tag: Tag, *, by: Member | None, at: datetime) -> None:
    """Delete a tag; posts that had it stay without it."""
    with transaction.atomic():
        events.write("tag.deleted", f"tag:{tag.pk}", at=at, actor_id=by.pk if by else None, slug=tag.slug)
        tag.delete()


def _free(slug: str, own: Tag | None) -> str:
    number, candidate = 1, slug
    others = Tag.objects.exclude(pk=own.pk) if own else Tag.objects.all()
    while others.filter(slug=candidate).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"A tag has no field {', '.join(sorted(unknown))}.")
