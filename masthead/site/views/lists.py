"""Tags, authors and the archive: lists of posts, page by page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.access.reader import ANYONE
from masthead.content.addresses import target_of
from masthead.content.models import Author, Post, Tag
from masthead.content.pictures import pictures_of
from masthead.content.reading import read
from masthead.core.page_tags import LISTS, of_author, of_tag
from masthead.site.accounts import Account, accounts_of
from masthead.site.custom_code import show
from masthead.site.keeping import page, shows
from masthead.site.moving import moved, moved_to_own
from masthead.site.telling import told_of_author, told_of_tag

A_PAGE = 15
FIRST_YEAR, LAST_YEAR = 1000, 9999  # beyond them a time zone leads out of the calendar


def _listed(request: HttpRequest, posts: QuerySet[Post], number: int) -> dict[str, Any]:
    """Return one page of posts as readings; an unknown page is a 404."""
    pages = Paginator(posts, A_PAGE)
    try:
        one = pages.page(number)
    except EmptyPage as error:
        raise Http404 from error
    readings = read(one.object_list, ANYONE)
    shows(request, LISTS, readings=readings)
    return {"readings": readings, "page": one, "number": number}


def _out() -> QuerySet[Post]:
    return Post.objects.live(timezone.now()).posts().newest().with_bylines()


def one_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead from /page/1/ to the list itself: the first page has one address."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs.get("number") == 1:
            return moved(request, request.path.rpartition("page/")[0])
        return view(request, *args, **kwargs)

    return answer


@page
@one_address
@require_safe
def tag(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """List the posts of a tag; one whose slug was changed leads to what it is called now."""
    row = Tag.objects.filter(slug=slug, is_internal=False).first()
    if row is None:
        return _moved(request, f"/tag/{slug}/")
    if (elsewhere := moved_to_own(request, row)) is not None:
        return elsewhere
    shows(request, of_tag(row.pk))
    context = _listed(request, _out().filter(tags=row), number) | {
        "tag": row,
        "told": told_of_tag(row, request.path, number),
        "picture": pictures_of({row.picture} - {""}).get(row.picture),
        "base_path": row.path,
    }
    return show(request, "site/tag.html", context)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """Lead from a former address of a tag to the present one, and 404 if there is none."""
    target = target_of(path)
    if not isinstance(target, Tag) or target.is_internal or target.path == path:
        raise Http404
    return moved(request, target.path)


@page
@one_address
@require_safe
def author(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """List the posts of an author."""
    row = get_object_or_404(Author, slug=slug)
    if (elsewhere := moved_to_own(request, row)) is not None:
        return elsewhere
    shows(request, of_author(row.pk))
    context = _listed(request, _out().filter(authors=row), number) | {
        "author": row,
        "told": told_of_author(row, request.path, number),
        "picture": pictures_of({row.picture} - {""}).get(row.picture),
        "accounts": _places_of(row),
        "base_path": row.path,
    }
    return show(request, "site/author.html", context)


def _places_of(author: Author) -> tuple[Account, ...]:
    """The author's own site and accounts."""
    site = author.extras.get("website", "")
    return accounts_of(({_("Website"): site} if site else {}) | author.extras.get("accounts", {}))


@page
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """List the months in which something was published."""
    posts = Post.objects.live(timezone.now()).posts()
    shows(request, LISTS)
    months = posts.annotate(month=TruncMonth("published_at")).values("month").annotate(number=Count("pk"))
    return show(request, "site/archive.html", {"months": list(months.order_by("-month"))})


@page
@one_address
@require_safe
def month(request: HttpRequest, year: int, month: int, number: int = 1) -> HttpResponse:
    """List the posts of one month, as the publication's clock counts it."""
    try:
        begins = datetime(year, month, 1, tzinfo=timezone.get_current_timezone())
        ends = begins.replace(year=year + month // 12, month=month % 12 + 1)
    except ValueError as error:
        raise Http404 from error
    if not FIRST_YEAR < year < LAST_YEAR:
        raise Http404
    context = _listed(request, _out().filter(published_at__gte=begins, published_at__lt=ends), number)
    if not context["readings"]:
        raise Http404
    return show(request, "site/month.html", context | {"begins": begins, "base_path": f"/archive/{year}/{month:02}/"})
