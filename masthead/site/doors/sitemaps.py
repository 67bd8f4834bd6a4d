"""Sitemaps (sitemaps.org 0.9) and the news sitemap of the last two days."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.content.document.escaping import speakable
from masthead.content.models import Author, Post, Tag
from masthead.core.page_tags import LISTS
from masthead.site.keeping import same_for_all, shows
from masthead.site.telling import is_elsewhere

A_FILE = 5000
NEWS = timedelta(hours=48)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _text(value: str) -> str:
    return escape(speakable(value))


def _url(path: str, at: datetime | None = None, inner: str = "") -> str:
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<url><loc>{_text(settings.ADDRESS + path)}</loc>{changed}{inner}</url>"


def _answer(request: HttpRequest, root: str, parts: Iterable[str], space: str = SPACE) -> HttpResponse:
    xml = f"{HEAD}<{root} {space}>{''.join(parts)}</{root}>"
    shows(request, LISTS)
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


@same_for_all
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name the sitemaps."""
    number = Post.objects.live(timezone.now()).count()
    names = [f"posts-{n}" for n in range(1, max(1, -(-number // A_FILE)) + 1)] + ["tags", "authors"]
    parts = (f"<sitemap><loc>{_text(settings.ADDRESS)}/sitemaps/{name}.xml</loc></sitemap>" for name in names)
    return _answer(request, "sitemapindex", parts)


@same_for_all
@require_safe
def posts(request: HttpRequest, number: int) -> HttpResponse:
    """List the addresses of posts and pages, the oldest file first, so that full files stay as they are.

    One whose canonical address is elsewhere is left out.
    """
    rows = Post.objects.live(timezone.now()).order_by("pk").values_list("path", "updated_at", "extras")
    part = list(rows[(number - 1) * A_FILE : number * A_FILE]) if number else []
    if not part and number != 1:
        raise Http404
    front = [_url("/")] if number == 1 else []
    return _answer(
        request, "urlset", [*front, *(_url(path, at) for path, at, extras in part if not is_elsewhere(extras, path))]
    )


@same_for_all
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags under which something is out."""
    live = Post.objects.live(timezone.now()).posts()
    rows = Tag.objects.filter(posts__in=live, is_internal=False).distinct()
    return _answer(request, "urlset", [_url(tag.path) for tag in rows if not is_elsewhere(tag.extras, tag.path)])


@same_for_all
@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """List the authors of whom something is out."""
    live = Post.objects.live(timezone.now()).posts()
    rows = Author.objects.filter(posts__in=live).distinct()
    return _answer(request, "urlset", [_url(a.path) for a in rows if not is_elsewhere(a.extras, a.path)])


@same_for_all
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the posts of the last two days, as Google News reads them."""
    publication, at = request.publication, timezone.now()  # type: ignore[attr-defined]
    live = list(Post.objects.live(at).posts().filter(published_at__gt=at - NEWS).newest()[:1000])
    if live and live[-1].published_at:
        shows(request, until=live[-1].published_at + NEWS)  # then it leaves the list, though nothing happened
    named = (post for post in live if not is_elsewhere(post.extras, post.path))
    parts = [_url(post.path, None, _news(post, publication.name, publication.language)) for post in named]
    return _answer(request, "urlset", parts, SPACE + ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"')


def _news(post: Post, name: str, language: str) -> str:
    told = f"<news:name>{_text(name)}</news:name><news:language>{_text(post.language or language)}</news:language>"
    on = post.published_at.isoformat(timespec="seconds") if post.published_at else ""
    date = f"<news:publication_date>{on}</news:publication_date>"
    return f"<news:news><news:publication>{told}</news:publication>{date}<news:title>{_text(post.title)}</news:title></news:news>"
