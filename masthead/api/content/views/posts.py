"""Posts and pages."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from masthead.api.content.asked import Asked
from masthead.api.content.door import door
from masthead.api.content.filtering import filtered
from masthead.api.content.filtering.columns import Id
from masthead.api.content.ordering import ordering
from masthead.api.content.paging import one_page
from masthead.api.content.public import FIRST_AUTHOR, FIRST_TAG, POST_COLUMNS, POST_ORDERS, first_author, first_tag
from masthead.api.content.shapes.posts import slug_of, told_posts
from masthead.api.errors import NotThere
from masthead.content.models import Post
from masthead.content.models.post import PostQuerySet
from masthead.core.shown_ids import public_id_of

NEWEST = "published_at desc"


def out(kind: str) -> PostQuerySet:
    """Return what is out of a kind: never a draft, nor what is still to come, was taken down or went by mail alone."""
    rows: PostQuerySet = Post.objects.live(timezone.now()).filter(kind=kind)
    return rows


@door
def browse(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Tell one page of the posts or pages."""
    asked = Asked.of(request.GET)
    named = out(kind).with_bylines().alias(**{FIRST_TAG: first_tag, FIRST_AUTHOR: first_author})
    rows = filtered(named, asked.filter, POST_COLUMNS | {"id": Id(kind)}, at=timezone.now())
    found, meta = one_page(rows.order_by(*ordering(asked.order, POST_ORDERS, NEWEST)), asked)
    return {f"{kind}s": told_posts(found, asked, _publication(request)), "meta": meta}


@door
def by_id(request: HttpRequest, kind: str, shown_id: str) -> dict[str, Any]:
    """Tell one post or page by its id."""
    return _one(request, kind, out(kind).filter(public_id=public_id_of(kind, shown_id) or ""))


@door
def by_slug(request: HttpRequest, kind: str, post_slug: str) -> dict[str, Any]:
    """Tell one post or page by the last part of its address."""
    rows = out(kind).filter(path__endswith=f"/{post_slug}/") if "\0" not in post_slug else out(kind).none()
    known = [pk for pk, path in rows.order_by("-pk").values_list("pk", "path") if slug_of(path) == post_slug]
    return _one(request, kind, out(kind).filter(pk__in=known[:1]))


def _one(request: HttpRequest, kind: str, rows: PostQuerySet) -> dict[str, Any]:
    told = told_posts(rows.with_bylines(), Asked.of(request.GET), _publication(request))
    if not told:
        raise NotThere(f"There is no such {kind}.", "It was never out, or was taken down.")
    return {f"{kind}s": told}


def _publication(request: HttpRequest) -> Any:
    return request.publication  # type: ignore[attr-defined]
