"""The fields of a post, taken from what a program sends; only what differs from what we told is a change."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.access.visibility import Visibility
from masthead.api.admin.call import Call
from masthead.api.admin.errors import invalid
from masthead.api.admin.foreign import Pictures
from masthead.api.admin.taking.extras import OF_POSTS, changed_extras
from masthead.api.admin.taking.rows import author_ids, tag_ids, tier_ids
from masthead.api.admin.taking.texts import changed_text
from masthead.api.admin.taking.values import flag, text
from masthead.content.models import Author, Media, Post
from masthead.content.slugs import free_slug
from masthead.core.extras import checked_extras
from masthead.core.slugs import slug_from

TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Taking:
    """What is sent of a post or page, and what we told of it before (nothing, of a new one)."""

    given: Mapping[str, Any]
    told: Mapping[str, Any]
    resource: str  # post or page
    call: Call
    post: Post | None = None

    def changed(self, field: str) -> bool:
        """Say whether a field is sent with another value than we told."""
        return field in self.given and self.given[field] != self.told.get(field)

    def text(self, field: str, longest: int, *, is_needed: bool = False) -> str:
        return text(self.given.get(field), self.resource, field, longest=longest, is_needed=is_needed)


def words_of(taking: Taking, extras: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to save but for lists of rows. It may ask other sites for pictures: call it in no transaction."""
    pictures = Pictures(taking.call.at, taking.call.warnings)
    fields = _plain(taking) | _lead(taking, pictures)
    document = changed_text(taking.given, taking.told, taking.resource, taking.call, pictures)
    if document is not None:
        fields["document"] = document
    changed = changed_extras(taking.given, taking.told, taking.resource, OF_POSTS, pictures)
    if changed:
        fields["extras"] = checked_extras({**extras, **changed})
    return fields


def rows_of(taking: Taking, visibility: str) -> dict[str, Any]:
    """Return the lists of rows to save: tags (new ones are made), authors, tiers. Call it in the transaction."""
    fields: dict[str, Any] = {}
    if _is_other_list(taking, "tags"):
        fields["tag_ids"] = tag_ids(taking.given["tags"], taking.resource, taking.call)
    if _is_other_list(taking, "authors"):
        fields["author_ids"] = author_ids(taking.given["authors"], taking.resource)
    elif not taking.told:
        fields["author_ids"] = _own_byline(taking.call)
    if _is_other_list(taking, "tiers"):
        fields["tier_ids"] = tier_ids(taking.given["tiers"], taking.resource)
    if visibility == Visibility.TIERS and not fields.get("tier_ids", taking.told.get("tiers")):
        raise invalid(taking.resource, "tiers", "Name the tiers that may read it.")
    return fields


def _is_other_list(taking: Taking, name: str) -> bool:
    """Say whether a list is sent that names other rows than we told, or in another order."""
    if not taking.changed(name):
        return False
    given = taking.given[name]
    ids = [item.get("id") if isinstance(item, dict) else None for item in given] if isinstance(given, list) else [None]
    return not taking.told or ids != [row["id"] for row in taking.told[name]]


def _own_byline(call: Call) -> list[int]:
    """Return the byline of who made the key; nobody else's name is put on a post unasked."""
    maker = call.key.made_by_id if call.key else None
    return list(Author.objects.filter(member=maker).values_list("pk", flat=True)) if maker else []


def _plain(taking: Taking) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if taking.changed("title") or not taking.told:
        fields["title"] = " ".join(taking.text("title", 255, is_needed=True).split())
    if taking.changed("custom_excerpt"):
        fields["standfirst"] = taking.text("custom_excerpt", 1000)
    if taking.changed("featured"):
        fields["is_featured"] = flag(taking.given["featured"], taking.resource, "featured")
    if taking.changed("visibility") and taking.given["visibility"] is not None:
        fields["visibility"] = _visibility(taking)
    slug = taking.text("slug", 191) if taking.changed("slug") else ""
    if slug or not taking.told:
        fields["slug"] = free_slug(slug_from(slug or fields["title"]), post=taking.post)
    return fields


def _visibility(taking: Taking) -> str:
    said = taking.text("visibility", 20)
    if said not in Visibility.values:
        raise invalid(taking.resource, "visibility", f"Use one of {', '.join(Visibility.values)}.")
    return said


def _lead(taking: Taking, pictures: Pictures) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if taking.changed("feature_image"):
        address = taking.text("feature_image", 2000)
        token = pictures(address) if address else None
        if token or not address:
            fields["lead"] = Media.objects.filter(token=token).first() if token else None
    if taking.changed("feature_image_alt"):
        fields["lead_alt"] = taking.text("feature_image_alt", 1000)
    if taking.changed("feature_image_caption"):  # what we told had the credit in it
        said = TAG.sub("", taking.text("feature_image_caption", 5000))
        fields |= {"lead_caption": " ".join(html.unescape(said).split())[:2000], "lead_credit": ""}
    return fields
