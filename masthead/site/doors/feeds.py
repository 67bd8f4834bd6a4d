"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, for the site, each tag and each author."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.access.reader import ANYONE
from masthead.content.document.escaping import speakable
from masthead.content.models import Author, Post, Tag
from masthead.content.reading import Reading, load_pictures, read
from masthead.core.models import Publication
from masthead.core.page_tags import LISTS, of_author, of_tag
from masthead.site.keeping import same_for_all, shows
from masthead.site.moving import moved_to_own

NEWEST = 20
KINDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class Channel:
    """What a feed is of."""

    title: str
    about: str
    path: str  # of the page
    feed_path: str  # of the feed itself
    posts: QuerySet[Post]


class _Rss(Rss201rev2Feed):
    """RSS with the whole text (or its opening) as content:encoded, and names of authors without addresses."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["html"])


class _Atom(Atom1Feed):
    """Atom with every author and the text as content."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["html"], {"type": "html"})


@same_for_all
@require_safe
def site_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer the feed of the whole paper."""
    publication: Publication = request.publication  # type: ignore[attr-defined]
    about = publication.description or publication.tagline or publication.name
    return _answer(request, kind, Channel(publication.name, about, "/", request.path, _out()))


@same_for_all
@require_safe
def tag_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer the feed of a tag."""
    tag = get_object_or_404(Tag, slug=slug, is_internal=False)
    if (elsewhere := moved_to_own(request, tag)) is not None:
        return elsewhere
    shows(request, of_tag(tag.pk))
    title = f"{tag.name} – {request.publication.name}"  # type: ignore[attr-defined]
    return _answer(
        request, kind, Channel(title, tag.description or tag.name, tag.path, request.path, _out().filter(tags=tag))
    )


@same_for_all
@require_safe
def author_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer the feed of an author."""
    author = get_object_or_404(Author, slug=slug)
    if (elsewhere := moved_to_own(request, author)) is not None:
        return elsewhere
    shows(request, of_author(author.pk))
    title = f"{author.name} – {request.publication.name}"  # type: ignore[attr-defined]
    posts = _out().filter(authors=author)
    return _answer(request, kind, Channel(title, author.bio or author.name, author.path, request.path, posts))


def _out() -> QuerySet[Post]:
    return Post.objects.live(timezone.now()).posts().newest().with_bylines()


def _answer(request: HttpRequest, kind: str, channel: Channel) -> HttpResponse:
    readings = read(list(channel.posts[:NEWEST]), ANYONE)
    load_pictures(readings)
    shows(request, LISTS, readings=readings)
    publication: Publication = request.publication  # type: ignore[attr-defined]
    if kind == "json":
        return _json(channel, readings, publication)
    if kind in KINDS:
        return _xml(kind, channel, readings, publication)
    raise Http404


def html_of(reading: Reading) -> str:
    """Return the text as anyone gets it, with a line that leads on where it is cut."""
    html = speakable(reading.html_for(settings.ADDRESS))
    if reading.is_cut:
        html += format_html('<p><a href="{}">{}</a></p>', settings.ADDRESS + reading.path, _("Read on at the source"))
    return html


def _updated(readings: list[Reading]) -> datetime:
    moments = [reading.updated_at for reading in readings if reading.updated_at]
    return max(moments, default=datetime(2000, 1, 1, tzinfo=timezone.get_current_timezone()))


def _xml(kind: str, channel: Channel, readings: list[Reading], publication: Publication) -> HttpResponse:
    make = _Rss if kind == "rss" else _Atom
    feed = make(
        title=speakable(channel.title),
        link=settings.ADDRESS + channel.path,
        description=speakable(channel.about),
        subtitle=speakable(channel.about),
        language=publication.language,
        author_name=speakable(publication.name),
        feed_url=settings.ADDRESS + channel.feed_path,
    )
    feed.latest_post_date = lambda: _updated(readings)  # type: ignore[method-assign]
    for reading in readings:
        feed.add_item(
            title=speakable(reading.title),
            link=settings.ADDRESS + reading.path,
            description=speakable(reading.excerpt),
            unique_id=f"{settings.ADDRESS}/p/{reading.public_id}",
            unique_id_is_permalink=False,
            pubdate=reading.published_at,
            updateddate=reading.updated_at,
            categories=[speakable(tag.name) for tag in reading.tags],
            names=[speakable(author.name) for author in reading.authors],
            html=html_of(reading),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{KINDS[kind]}; charset=utf-8")


def _json(channel: Channel, readings: list[Reading], publication: Publication) -> JsonResponse:
    items = [
        {
            "id": f"{settings.ADDRESS}/p/{reading.public_id}",
            "url": settings.ADDRESS + reading.path,
            "title": reading.title,
            "summary": reading.excerpt,
            "content_html": html_of(reading),
            "date_published": reading.published_at.isoformat() if reading.published_at else None,
            "date_modified": reading.updated_at.isoformat() if reading.updated_at else None,
            "authors": [{"name": a.name, "url": settings.ADDRESS + a.path} for a in reading.authors],
            "tags": [tag.name for tag in reading.tags],
        }
        for reading in readings
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.about,
        "home_page_url": settings.ADDRESS + channel.path,
        "feed_url": settings.ADDRESS + channel.feed_path,
        "language": publication.language,
        "items": items,
    }
    return JsonResponse(told, content_type=KINDS["json"], json_dumps_params={"ensure_ascii": False})
