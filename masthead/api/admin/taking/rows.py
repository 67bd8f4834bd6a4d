"""Rows that a post names: tags, authors, tiers."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from masthead.access.models import Tier
from masthead.api.admin.call import Call
from masthead.api.admin.errors import invalid
from masthead.api.admin.taking.values import items, named
from masthead.content.models import Author, Tag
from masthead.content.tagging import make_tag, tag_named
from masthead.core.shown_ids import public_id_of, shown_id
from masthead.core.slugs import slug_from

Row = TypeVar("Row", bound=Model)


def tag_ids(value: Any, resource: str, call: Call) -> list[int]:
    """Return the ids of the tags that are named, making those that are new. It writes: call it in the transaction."""
    return list(
        dict.fromkeys(_tag(named(item, resource, "tags"), resource, call).pk for item in _given(value, resource))
    )


def _given(value: Any, resource: str) -> Iterable[Any]:
    return items(value, resource, "tags")


def _tag(given: dict[str, str], resource: str, call: Call) -> Tag:
    if "id" in given and (found := by_id(Tag.objects.all(), "tag", given["id"])):
        return found
    if "slug" in given and (found := Tag.objects.filter(slug=given["slug"]).first()):
        return found
    if "name" in given:
        return tag_named(given["name"], by=None, at=call.at)
    if "slug" in given:
        slug = slug_from(given["slug"], fallback="tag")
        return Tag.objects.filter(slug=slug).first() or make_tag(given["slug"], slug=slug, by=None, at=call.at)
    raise invalid(resource, "tags", "There is no tag with this id. Name it instead, and it is made.")


def author_ids(value: Any, resource: str) -> list[int]:
    """Return the ids of the authors that are named by id, slug, name, or the address of the member behind the byline."""
    given = [named(item, resource, "authors") for item in items(value, resource, "authors")]
    return list(dict.fromkeys(_author(one, resource).pk for one in given))


def _author(given: dict[str, str], resource: str) -> Author:
    rows = Author.objects.all()
    found = by_id(rows, "author", given["id"]) if "id" in given else None
    email = given.get("email") or (given["name"] if "@" in given.get("name", "") else "")
    for name, value in (("slug", given.get("slug")), ("member__email__iexact", email), ("name", given.get("name"))):
        found = found or (rows.filter(**{name: value}).first() if value else None)
    if found is None:
        raise invalid(resource, "authors", "There is no such author. Make the byline at the desk first.")
    return found


def tier_ids(value: Any, resource: str) -> list[int]:
    """Return the ids of the tiers that are named; free membership is no tier that opens a post."""
    given = [named(item, resource, "tiers") for item in items(value, resource, "tiers")]
    kept = [one for one in given if not is_free(one)]
    return list(dict.fromkeys(tier_of(one, resource).pk for one in kept))


def is_free(given: dict[str, str]) -> bool:
    """Say whether free membership is named, which Ghost counts among the tiers."""
    return given.get("id") == shown_id("tier", "free") or given.get("slug") == "free"


def tier_of(given: dict[str, str], resource: str) -> Tier:
    """Return the tier that is named by id, slug or name."""
    rows = Tier.objects.all()
    found = by_id(rows, "tier", given["id"]) if "id" in given else None
    for name in ("slug", "name"):
        found = found or (rows.filter(**{name: given[name]}).first() if name in given else None)
    if found is None:
        raise invalid(resource, "tiers", "There is no such tier.")
    return found


def by_id(rows: QuerySet[Row], kind: str, shown: str) -> Row | None:
    """Return the row with the id that clients see; None if there is none."""
    public_id = public_id_of(kind, shown)
    return rows.filter(public_id=public_id).first() if public_id else None
