"""Tags and authors: those under which something is out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from masthead.api.content.asked import Asked
from masthead.api.content.door import door
from masthead.api.content.filtering import Column, filtered
from masthead.api.content.ordering import ordering
from masthead.api.content.paging import one_page
from masthead.api.content.pictures import addresses_of
from masthead.api.content.public import AUTHOR_COLUMNS, NAMED_ORDERS, TAG_COLUMNS
from masthead.api.content.shapes.authors import author_tokens, told_author
from masthead.api.content.shapes.tags import tag_tokens, told_tag
from masthead.api.content.views.posts import out
from masthead.api.errors import NotThere
from masthead.content.models import Author, Tag
from masthead.content.models.post import Kind
from masthead.core.shown_ids import public_id_of

COUNT = "count.posts"


@dataclass(frozen=True, slots=True)
class Sort:
    """Tags or authors: how they are found, filtered and told."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: Mapping[str, Column]
    tokens: Callable[[Iterable[Any]], list[str]]
    told: Callable[[Any, Mapping[str, str | None]], dict[str, Any]]


def public_tags() -> QuerySet[Tag]:
    """Return tags of what is out: not those for staff alone, nor one of a story that is still to come."""
    rows = Tag.objects.filter(is_internal=False).alias(shown_to=Value("public", output_field=CharField()))
    return _of_live(rows)


def public_authors() -> QuerySet[Author]:
    """Return authors of what is out."""
    return _of_live(Author.objects.all())


def _of_live(rows: QuerySet[Any]) -> QuerySet[Any]:
    posts, pages = out(Kind.POST), out(Kind.PAGE)
    counted = Count("posts", filter=Q(posts__in=posts.values("pk")), distinct=True)
    is_of_live = Q(posts__in=posts.values("pk")) | Q(posts__in=pages.values("pk"))
    found: QuerySet[Any] = rows.filter(pk__in=rows.model.objects.filter(is_of_live).values("pk"))
    return cast(QuerySet[Any], found.annotate(number_of_posts=counted))


SORTS = {
    "tag": Sort("tag", public_tags, TAG_COLUMNS, tag_tokens, told_tag),
    "author": Sort("author", public_authors, AUTHOR_COLUMNS, author_tokens, told_author),
}


@door
def browse(request: HttpRequest, sort: str) -> dict[str, Any]:
    """Tell one page of the tags or authors."""
    asked, of = Asked.of(request.GET), SORTS[sort]
    rows = filtered(of.rows(), asked.filter, of.columns, at=timezone.now())
    found, meta = one_page(rows.order_by(*ordering(asked.order, NAMED_ORDERS, "name asc")), asked)
    return {f"{sort}s": _told(found, of, asked), "meta": meta}


@door
def by_id(request: HttpRequest, sort: str, shown_id: str) -> dict[str, Any]:
    """Tell one tag or author by its id."""
    return _one(request, sort, Q(public_id=public_id_of(sort, shown_id) or ""))


@door
def by_slug(request: HttpRequest, sort: str, slug: str) -> dict[str, Any]:
    """Tell one tag or author by its slug."""
    return _one(request, sort, Q(slug=slug))


def _one(request: HttpRequest, sort: str, condition: Q) -> dict[str, Any]:
    told = _told(SORTS[sort].rows().filter(condition), SORTS[sort], Asked.of(request.GET))
    if not told:
        raise NotThere(f"There is no such {sort}.", "It does not exist, or nothing of it is out.")
    return {f"{sort}s": told}


def _told(rows: Iterable[Any], of: Sort, asked: Asked) -> list[dict[str, Any]]:
    rows = list(rows)
    pictures = addresses_of(of.tokens(rows))
    return [_fields(of.told(row, pictures), row, asked) for row in rows]


def _fields(told: dict[str, Any], row: Any, asked: Asked) -> dict[str, Any]:
    wanted = {name: value for name, value in told.items() if asked.wants(name)}
    return wanted | ({"count": {"posts": row.number_of_posts}} if COUNT in asked.include else {})
