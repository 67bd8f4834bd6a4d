"""Posts and pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from masthead.api.admin.call import Call
from masthead.api.admin.door import NOTHING, Told, door
from masthead.api.admin.errors import Collision, invalid
from masthead.api.admin.public import POST_COLUMNS, POST_ORDERS
from masthead.api.admin.shapes.posts import Whole, told_wholes, wholes
from masthead.api.admin.taking.posts import Taking, rows_of, words_of
from masthead.api.admin.taking.standing import DRAFT, Standing, settle, wanted
from masthead.api.admin.taking.values import moment
from masthead.api.content.filtering import filtered
from masthead.api.content.filtering.columns import Id
from masthead.api.content.ordering import ordering
from masthead.api.content.paging import one_page
from masthead.api.errors import NotThere
from masthead.content.deleting import delete_post
from masthead.content.editing import EditConflict, save_draft, start_post
from masthead.content.models import Post
from masthead.content.models.post import PostQuerySet
from masthead.content.working import for_staff, has_slug
from masthead.core import events
from masthead.core.extras import MAIL_ONLY
from masthead.core.shown_ids import public_id_of

LATEST = "published_at desc, updated_at desc"
TEXTS = frozenset({"lexical", "html", "mobiledoc"})


def _rows(kind: str) -> PostQuerySet:
    rows: PostQuerySet = Post.objects.filter(kind=kind)
    return rows.with_bylines()


def browse(call: Call, kind: str) -> dict[str, Any]:
    """Tell one page of the posts or pages, whatever their state."""
    asked = call.asked
    named = for_staff(_rows(kind))
    rows = filtered(named, asked.filter, POST_COLUMNS | {"id": Id(kind)}, at=call.at)
    found, meta = one_page(rows.order_by(*ordering(asked.order, POST_ORDERS, LATEST)), asked)
    return {f"{kind}s": _told(call, wholes(found)), "meta": meta}


def read_by_id(call: Call, kind: str, shown_id: str) -> dict[str, Any]:
    """Tell one post or page by its id."""
    return {f"{kind}s": _told(call, [_one(kind, shown_id)])}


def read_by_slug(call: Call, kind: str, post_slug: str) -> dict[str, Any]:
    """Tell one post or page by its slug; what is out comes first."""
    rows = for_staff(_rows(kind)).filter(has_slug(post_slug.replace("\0", "")))
    found = [one for one in wholes(rows) if one.slug == post_slug]
    found.sort(key=lambda one: (one.working.state != "published", one.working.post.pk))
    if not found:
        raise _not_there(kind)
    return {f"{kind}s": _told(call, found[:1])}


def add(call: Call, kind: str) -> Told:
    """Start a post or page, and put it out or schedule it if that is asked for."""
    given = call.sent(f"{kind}s")
    taking = Taking(given, {}, kind, call)
    then = wanted(given, DRAFT, kind, at=call.at)
    _refuse_letter(given, then, {}, kind)
    words = words_of(taking, {})
    with transaction.atomic():
        visibility = words.setdefault("visibility", call.publication.default_visibility)
        draft = start_post(by=None, at=call.at, kind=kind, **words, **rows_of(taking, visibility))
        settle(draft.post, DRAFT, then, kind, is_changed=True, at=call.at)
    told = _told(call, wholes(_rows(kind).filter(pk=draft.post_id)))
    return Told({f"{kind}s": told}, 201, {"Location": f"{settings.ADDRESS}/ghost/api/admin/{kind}s/{told[0]['id']}/"})


def edit(call: Call, kind: str, shown_id: str) -> dict[str, Any]:
    """Change a post or page as it is sent, if nobody changed it since the program read it."""
    given, before = call.sent(f"{kind}s"), _one(kind, shown_id)
    _refuse_collision(before, given, kind)
    told = _as_told(call, before, given)
    taking = Taking(given, told, kind, call, before.working.post)
    now = Standing(before.working.state, publish_at=before.working.publish_at)
    then = wanted(_without_same_date(given, told), now, kind, at=call.at)
    _refuse_letter(given, then, before.extras, kind)
    words = words_of(taking, before.extras)
    with transaction.atomic():
        rows = rows_of(taking, words.get("visibility", before.reading.visibility))
        _save(before, words | rows, now, then, kind, call)
    return {f"{kind}s": _told(call, [_one(kind, shown_id)])}


def delete(call: Call, kind: str, shown_id: str) -> Told:
    """Take a post or page down and delete it for good."""
    delete_post(_one(kind, shown_id).working.post, by=None, at=call.at)
    return NOTHING


def _save(before: Whole, fields: dict[str, Any], now: Standing, then: Standing, kind: str, call: Call) -> None:
    post, working = before.working.post, before.working
    if working.has_changes and (fields or (then != now and then.state != "draft")):
        raise _collision("At the desk it has changes that are not out. Publish them there first.")
    if then.state != "draft" and not fields.get("title", before.reading.title).strip():
        raise invalid(kind, "title", "It needs a headline before it can be published.")
    if fields:
        try:
            save_draft(post, fields, version=working.version, by=None, at=call.at)
        except EditConflict as error:
            raise _collision("Read it again, and send your change with its updated_at.") from error
        events.write("post.saved", f"post:{post.pk}", at=call.at, fields=sorted(fields))
    settle(post, now, then, kind, is_changed=bool(fields), at=call.at)


def _refuse_letter(given: Mapping[str, Any], then: Standing, extras: Mapping[str, Any], kind: str) -> None:
    """Refuse to put out as a page what the program says is a letter and none here."""
    if given.get("email_only") and then.state != "draft" and MAIL_ONLY not in extras:
        raise invalid(kind, "email_only", "No letter is sent from here, and it would be a page. Send it as a draft.")


def _refuse_collision(before: Whole, given: Mapping[str, Any], kind: str) -> None:
    said = moment(given.get("updated_at"), kind, "updated_at")
    if said is None:
        raise invalid(kind, "updated_at", "Send the updated_at that you read, so that nobody's work is overwritten.")
    if _to_milliseconds(said) != _to_milliseconds(before.working.changed_at):
        raise _collision("Read it again, and send your change with its updated_at.")


def _to_milliseconds(value: datetime) -> datetime:
    """Return a moment as precisely as we tell it."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def _collision(context: str) -> Collision:
    return Collision("Saving failed! Someone else is editing this post.", context, code="UPDATE_COLLISION")


def _as_told(call: Call, before: Whole, given: Mapping[str, Any]) -> dict[str, Any]:
    formats = TEXTS & set(given)
    return told_wholes([before], call.publication, formats=frozenset(formats or {"lexical"}))[0]


def _without_same_date(given: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    same = given.get("published_at") == told["published_at"]
    return {name: value for name, value in given.items() if name != "published_at" or not same}


def _one(kind: str, shown_id: str) -> Whole:
    found = wholes(_rows(kind).filter(public_id=public_id_of(kind, shown_id) or ""))
    if not found:
        raise _not_there(kind)
    return found[0]


def _not_there(kind: str) -> NotThere:
    return NotThere(f"{kind.capitalize()} not found.", "It never was, or was deleted.")


def _told(call: Call, found: list[Whole]) -> list[dict[str, Any]]:
    return told_wholes(found, call.publication, formats=call.names("formats"), fields=call.asked.fields)


of_kind = door(GET=browse, POST=add)
by_id = door(GET=read_by_id, PUT=edit, DELETE=delete)
by_slug = door(GET=read_by_slug)
