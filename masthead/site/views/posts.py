"""What stands at an address of its own: a post, a page, or the list of a tag or author."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.access.reader import ANYONE
from masthead.access.reader_key import Depends
from masthead.content.addresses import target_of
from masthead.content.models import Author, Post, Tag
from masthead.content.models.post import Kind
from masthead.content.own_paths import listed_at
from masthead.content.reading import Reading, has_parts, read, read_one
from masthead.core.page_tags import MORE, of_post
from masthead.site.custom_code import show
from masthead.site.doors import feeds
from masthead.site.doors.structured import structured_data
from masthead.site.keeping import depend_on, page, shows
from masthead.site.moving import is_out, moved, split, standing
from masthead.site.telling import told_of_post
from masthead.site.views import lists

FURTHER = 3  # earlier posts of the section below a post
ENDINGS = {"rss/": "rss", "atom.xml": "atom", "feed.json": "json"}


@require_safe
def by_address(request: HttpRequest, path: str) -> HttpResponse:
    """Answer any path that leads, or once led, to something."""
    depend_on(request, Depends())  # so that nothing, or something elsewhere, may be kept, too
    asked = f"/{path}"
    target = target_of(asked)
    if isinstance(target, Post) and target.path == asked and is_out(target):
        return post_page(request, target)
    base, below = split(asked)
    row = listed_at(base)
    if row is not None:
        return _list(request, row, below)
    place = standing(asked if asked.endswith("/") else f"{asked}/")
    if place is None or place == asked:
        raise Http404
    return moved(request, place)


def _list(request: HttpRequest, row: Tag | Author, below: str) -> HttpResponse:
    """Show the list of a tag or author, a further page of it, or its feed."""
    is_tag = isinstance(row, Tag)
    if below in ENDINGS:
        feed = feeds.tag_feed if is_tag else feeds.author_feed
        return feed(request, slug=row.slug, kind=ENDINGS[below])
    view = lists.tag if is_tag else lists.author
    number = {"number": int(below.split("/")[1])} if below else {}
    return view(request, slug=row.slug, **number)


@page
def post_page(request: HttpRequest, post: Post) -> HttpResponse:
    """Show one post as this Reader gets it."""
    post = Post.objects.with_bylines().get(pk=post.pk)
    depend_on(request, _depends(post))
    reading = read_one(post, request.reader)  # type: ignore[attr-defined]
    more, translations = _more(reading), _translations(post)
    shows(request, MORE, *(of_post(other.pk) for other in translations), readings=[reading, *more])
    context = {
        "reading": reading,
        "more": more,
        "translations": translations,
        "structured": structured_data(read_one(post, ANYONE), request.publication, at=timezone.now()),  # type: ignore[attr-defined]
        "told": told_of_post(reading, request.publication),  # type: ignore[attr-defined]
        "canonical": settings.ADDRESS + reading.path,
    }
    return show(request, "site/page.html" if post.kind == Kind.PAGE else "site/post.html", context)


def _depends(post: Post) -> Depends:
    tiers = frozenset(tier.pk for tier in post.tiers.all())
    return Depends.on_post(post.pk, post.public_id, post.visibility, tiers, has_parts=has_parts(post))


def _more(reading: Reading) -> list[Reading]:
    if reading.primary_tag is None or reading.kind == Kind.PAGE:
        return []
    posts = Post.objects.live(timezone.now()).posts().filter(tags=reading.primary_tag)
    # Those before it, so that a new post leaves the pages of all others as they are.
    earlier = posts.filter(published_at__lt=reading.published_at).exclude(pk=reading.post_id)
    return read(list(earlier.newest().with_bylines()[:FURTHER]), ANYONE)


def _translations(post: Post) -> list[Post]:
    """The post and its other languages that are out; empty if there are none (each names all, itself too)."""
    origin = post.translation_of_id or post.pk
    family = Post.objects.live(timezone.now()).filter(Q(translation_of=origin) | Q(pk=origin)).order_by("pk")
    found = list(family)
    return found if len(found) > 1 else []
