"""Tags: subjects, and the internal ones that only staff see."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, QuerySet, Value, When

from masthead.api.admin.call import Call
from masthead.api.admin.door import NOTHING, Told, door
from masthead.api.admin.foreign import Pictures
from masthead.api.admin.public import NAMED_ORDERS, TAG_COLUMNS
from masthead.api.admin.shapes.tags import whole_tag
from masthead.api.admin.taking.extras import OF_TAGS, changed_extras
from masthead.api.admin.taking.values import text
from masthead.api.admin.views.lists import told_page
from masthead.api.content.pictures import addresses_of
from masthead.api.content.shapes.tags import tag_tokens
from masthead.api.errors import NotThere
from masthead.content.models import Tag
from masthead.content.tagging import change_tag, delete_tag, make_tag
from masthead.core.extras import checked_extras
from masthead.core.shown_ids import public_id_of
from masthead.core.slugs import slug_from


def _rows() -> QuerySet[Any]:
    shown = Case(When(is_internal=True, then=Value("internal")), default=Value("public"), output_field=CharField())
    return Tag.objects.annotate(shown_to=shown, number_of_posts=Count("posts"))


def _told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(rows)
    pictures = addresses_of(tag_tokens(rows))
    return [whole_tag(row, pictures) | {"count": {"posts": row.number_of_posts}} for row in rows]


def browse(call: Call) -> dict[str, Any]:
    """Tell one page of the tags."""
    return told_page(call, "tags", _rows(), _told, columns=TAG_COLUMNS, orders=NAMED_ORDERS, first="name asc")


def read_by_id(call: Call, shown_id: str) -> dict[str, Any]:
    """Tell one tag by its id."""
    return {"tags": _told([_one(public_id=public_id_of("tag", shown_id) or "")])}


def read_by_slug(call: Call, slug: str) -> dict[str, Any]:
    """Tell one tag by its slug."""
    return {"tags": _told([_one(slug=slug)])}


def add(call: Call) -> Told:
    """Make a tag."""
    given = call.sent("tags")
    name = text(given.get("name"), "tag", "name", longest=191, is_needed=True)
    fields = _fields(given, {}, {}, call) | {"name": name}
    tag = make_tag(by=None, at=call.at, **fields)
    told = _told(_rows().filter(pk=tag.pk))
    return Told({"tags": told}, 201, {"Location": f"{settings.ADDRESS}/ghost/api/admin/tags/{told[0]['id']}/"})


def edit(call: Call, shown_id: str) -> dict[str, Any]:
    """Change a tag as it is sent."""
    tag = _one(public_id=public_id_of("tag", shown_id) or "")
    changes = _fields(call.sent("tags"), _told([tag])[0], tag.extras, call)
    if changes:
        change_tag(tag, changes, by=None, at=call.at)
    return read_by_id(call, shown_id)


def delete(call: Call, shown_id: str) -> Told:
    """Delete a tag; its posts stay."""
    delete_tag(_one(public_id=public_id_of("tag", shown_id) or ""), by=None, at=call.at)
    return NOTHING


def _one(**condition: str) -> Any:
    found = _rows().filter(**condition).first()
    if found is None:
        raise NotThere("Tag not found.", "It never was, or was deleted.")
    return found


def _fields(given: Mapping[str, Any], told: Mapping[str, Any], extras: Mapping[str, Any], call: Call) -> dict[str, Any]:
    """Return the fields that are sent with another value than we told."""
    changed = {name for name in given if given[name] != told.get(name)}
    pictures = Pictures(call.at, call.warnings)
    fields: dict[str, Any] = {}
    if "name" in changed:
        fields["name"] = text(given["name"], "tag", "name", longest=191, is_needed=True)
    if "slug" in changed and (slug := text(given["slug"], "tag", "slug", longest=191)):
        fields["slug"] = slug_from(slug, fallback="tag")
    if "description" in changed:
        fields["description"] = text(given["description"], "tag", "description", longest=500)
    if "feature_image" in changed:
        address = text(given["feature_image"], "tag", "feature_image", longest=2000)
        token = pictures(address) if address else ""
        fields |= {"picture": token} if token is not None else {}
    more = changed_extras(given, told, "tag", OF_TAGS, pictures)
    return fields | ({"extras": checked_extras({**extras, **more})} if more else {})


of_tags = door(GET=browse, POST=add)
by_id = door(GET=read_by_id, PUT=edit, DELETE=delete)
by_slug = door(GET=read_by_slug)
