"""How long an answer may be kept, and by whom."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import SimpleLazyObject

from masthead.access.reader import ANYONE
from masthead.access.reader_key import ALL_THE_SAME, Depends, Keep
from masthead.content.models import Post
from masthead.content.reading import Reading
from masthead.core.page_tags import MISSING, of_author, of_post, of_tag
from masthead.site.custom_code import loosened

View = Callable[..., HttpResponse]
ALONE = re.compile(r"\b(private|no-store)\b")


FOR_ANYONE = "public, max-age=0, must-revalidate"
FOR_A_MEMBER = "private, no-cache"
FOR_ALL = "public, max-age=300"


@dataclass
class Shown:
    """What a page has shown so far, while it is rendered: what it depends on, in words of core/page_tags.py, and until when."""

    depends: Depends | None = None
    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    begun_at: datetime = field(default_factory=timezone.now)

    def kept(self, *, is_light: bool = False) -> Keep | None:
        """Return how the page may be kept; None if it depends on more of the Reader than was said."""
        if self.depends is None:
            return None
        # A post whose moment has not come yet appears by time alone: on lists, beside others, at its own address.
        moments = (self.until, Post.objects.next_moment(self.begun_at))
        until = min((moment.timestamp() for moment in moments if moment), default=None)
        return Keep(self.depends, frozenset(self.tags), until, is_light)


def page(view: View) -> View:
    """Mark a page that is the same for all who are anyone or member alike, or what `depend_on` says in it.

    Anyone's may be kept by a proxy and asked again, a member's only by the member, and both by the page store. It is
    rendered for the one Reader that stands for all of them. Its ETag is of its bytes, so that one made from the paid version never
    answers 304 to anyone (CHECKS.md 28).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        depend_on(request, Depends())
        return _headed(request, view(request, *args, **kwargs))

    return answer


def page_for_reader(view: View) -> View:
    """Mark a page that depends on the whole Reader, such as a search: as `page`, but never kept by the page store."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.shown = Shown()  # type: ignore[attr-defined]
        return _headed(request, view(request, *args, **kwargs))

    return answer


def same_for_all(view: View) -> View:
    """Mark what is the same for everybody, such as a feed: it is answered to nobody in particular, without a session."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user, request.whole_reader = AnonymousUser(), ANYONE  # type: ignore[attr-defined]
        depend_on(request, ALL_THE_SAME)
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.headers["Cache-Control"] = FOR_ALL
        response.keep = request.shown.kept()  # type: ignore[attr-defined]
        return with_etag(request, response)

    return answer


def depend_on(request: HttpRequest, depends: Depends) -> None:
    """Say what a page depends on, before anything is read for it: from here on it is rendered for that Reader alone."""
    whole = getattr(request, "whole_reader", None) or request.reader  # type: ignore[attr-defined]
    request.whole_reader = whole  # type: ignore[attr-defined]
    request.shown = Shown(depends)  # type: ignore[attr-defined]
    request.reader = SimpleLazyObject(lambda: depends.reduced(whole))  # type: ignore[attr-defined]


def shows(request: HttpRequest, *tags: str, readings: Iterable[Reading] = (), until: datetime | None = None) -> None:
    """Say what a page shows, and until when at most it stays as it is."""
    shown: Shown = request.shown  # type: ignore[attr-defined]
    shown.tags.update(tags)
    for reading in readings:
        shown.tags.add(of_post(reading.post_id))
        shown.tags.update(of_tag(tag.pk) for tag in reading.tags)
        shown.tags.update(of_author(author.pk) for author in reading.authors)
    if until is not None:
        shown.until = min(until, shown.until or until)


def missing(request: HttpRequest, render: Callable[[], HttpResponse]) -> HttpResponse:
    """Render that nothing stands at this address, to be kept for a while where a page of this module could have stood.

    Anywhere else a 404 may be for this visitor alone, such as one for a payment of somebody else's.
    """
    shown: Shown | None = getattr(request, "shown", None)
    if shown is None or shown.depends is None:
        return render()
    depend_on(request, shown.depends if shown.depends.is_same else Depends())
    response = _for_reader(request, render())
    request.shown.tags.add(MISSING)  # type: ignore[attr-defined]
    response.keep = request.shown.kept(is_light=True)  # type: ignore[attr-defined]
    return response


def elsewhere(response: HttpResponse) -> HttpResponse:
    """Let a redirect be kept for a while: where an address leads depends on nobody. Browsers ask again each time."""
    response.headers["Cache-Control"] = FOR_ANYONE
    begun_at = timezone.now() - timedelta(minutes=1)  # a post may have come out while its place was looked up
    response.keep = Shown(ALL_THE_SAME, {MISSING}, begun_at=begun_at).kept(is_light=True)  # type: ignore[attr-defined]
    return response


def _headed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    response.keep = request.shown.kept()  # type: ignore[attr-defined]
    return loosened(request, with_etag(request, _for_reader(request, response)))


def _for_reader(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say who may keep a page that depends on the Reader."""
    is_member = request.reader.is_member  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = FOR_A_MEMBER if is_member else FOR_ANYONE
    patch_vary_headers(response, ["Cookie"])
    return response


def no_shared_cookie(get_response: View) -> View:
    """See to it that no answer which a proxy may keep sets a cookie, whatever any middleware within would answer.

    Broken cookies of a visitor are enough to be answered with new ones, on a feed too (CHECKS.md 23): an answer that
    sets one is for this visitor alone. So is one that says nothing: a cache may guess how long to keep it, such as the
    404 by which the desk hides from a member (RFC 9111, 4.2.2).
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        told = response.headers.get("Cache-Control", "")
        if not told or (response.cookies and not ALONE.search(told)):
            response.headers["Cache-Control"] = FOR_A_MEMBER
        return response

    return answer


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a whole answer an ETag of its bytes, and answer 304 to somebody who holds them."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
