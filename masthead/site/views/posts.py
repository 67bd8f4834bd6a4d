"""A post or page at its address, and the redirects of old addresses."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.access.reader import ANYONE
from masthead.content.addresses import target_of
from masthead.content.models import Post
from masthead.content.models.post import Kind
from masthead.content.reading import Reading, read, read_one
from masthead.site.doors.structured import structured_data
from masthead.site.keeping import page

MORE = 3  # further posts of the section below a post


@page
@require_safe
def by_address(request: HttpRequest, path: str) -> HttpResponse:
    """Answer any path that leads, or once led, to something."""
    asked = f"/{path}"
    if not asked.endswith("/"):
        return _moved(_with_slash(asked))
    target = target_of(asked)
    if target is None or not _is_out(target):
        raise Http404
    if target.path != asked or not isinstance(target, Post):
        return _moved(target.path)
    return post_page(request, target)


def _moved(path: str) -> HttpResponse:
    """Lead on for good, but let browsers ask again: an address may one day be given back."""
    response = HttpResponsePermanentRedirect(path)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _with_slash(asked: str) -> str:
    """Return where a path without its last slash leads: to a post, or to a page of the site itself; 404 otherwise."""
    path = asked + "/"
    target = target_of(path)
    if target is not None and _is_out(target):
        return target.path
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if found.url_name == "by_address":
        raise Http404
    return path


def _is_out(target: object) -> bool:
    return not isinstance(target, Post) or target.is_live(timezone.now())


def post_page(request: HttpRequest, post: Post) -> HttpResponse:
    """Show one post as this Reader gets it."""
    reader = request.reader  # type: ignore[attr-defined]
    post = Post.objects.with_bylines().get(pk=post.pk)
    reading = read_one(post, reader)
    context = {
        "reading": reading,
        "more": _more(reading),
        "translations": _translations(post),
        "structured": structured_data(read_one(post, ANYONE), request.publication, at=timezone.now()),  # type: ignore[attr-defined]
        "canonical": settings.ADDRESS + reading.path,
    }
    return render(request, "site/page.html" if post.kind == Kind.PAGE else "site/post.html", context)


def _more(reading: Reading) -> list[Reading]:
    if reading.primary_tag is None or reading.kind == Kind.PAGE:
        return []
    posts = Post.objects.live(timezone.now()).posts().filter(tags=reading.primary_tag).exclude(pk=reading.post_id)
    return read(list(posts.newest().with_bylines()[:MORE]), ANYONE)


def _translations(post: Post) -> list[Post]:
    """The post and its other languages that are out; empty if there are none (each names all, itself too)."""
    origin = post.translation_of_id or post.pk
    family = Post.objects.live(timezone.now()).filter(Q(translation_of=origin) | Q(pk=origin)).order_by("pk")
    found = list(family)
    return found if len(found) > 1 else []
