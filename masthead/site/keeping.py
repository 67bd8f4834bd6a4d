"""How long an answer may be kept, and by whom."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from masthead.access.reader_key import ALL_THE_SAME, Depends, Keep
from masthead.content.reading import Reading
from masthead.core.page_tags import of_author, of_post, of_tag
from masthead.site.custom_code import loosened

View = Callable[..., HttpResponse]
ALONE = re.compile(r"\b(private|no-store)\b")


@dataclass
class Shown:
    """What a page has shown so far, while it is rendered: what it depends on, in words of core/page_tags.py, and until when."""

    depends: Depends | None = None
    tags: set[str] = field(default_factory=set)
    until: datetime | None = None

    def kept(self) -> Keep | None:
        """Return how the page may be kept; None if it depends on more of the Reader than was said."""
        if self.depends is None:
            return None
        return Keep(self.depends, frozenset(self.tags), self.until.timestamp() if self.until else None)


def page(view: View) -> View:
    """Mark a page that is the same for all who are anyone, member or subscriber alike, or what `depend_on` says in it.

    Anyone's may be kept by a proxy and asked again, a member's only by the member, and both by the page store. It is
    rendered for the one Reader that stands for all of them. Its ETag is of its bytes, so that one made from the paid version never
    answers 304 to anyone (CHECKS.md 28).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.shown = Shown()  # type: ignore[attr-defined]
        request.whole_reader = request.reader  # type: ignore[attr-defined]
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


def depend_on(request: HttpRequest, depends: Depends) -> None:
    """Say what a page depends on, before anything is read for it: from here on it is rendered for that Reader alone."""
    request.shown.depends = depends  # type: ignore[attr-defined]
    request.reader = depends.reduced(request.whole_reader)  # type: ignore[attr-defined]


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


def keep_for_all(response: HttpResponse, *tags: str, until: datetime | None = None) -> HttpResponse:
    """Mark an answer that is the same for everybody and in no session's hands, such as a feed, and return it."""
    response.keep = Keep(ALL_THE_SAME, frozenset(tags), until.timestamp() if until else None)  # type: ignore[attr-defined]
    return response


def _headed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    is_member = request.reader.is_member  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "private, no-cache" if is_member else "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    response.keep = request.shown.kept()  # type: ignore[attr-defined]
    return loosened(request, with_etag(request, response))


def no_shared_cookie(get_response: View) -> View:
    """See to it that no answer which a proxy may keep sets a cookie, whatever any middleware within would answer.

    Broken cookies of a visitor are enough to be answered with new ones, on a feed too (CHECKS.md 23): an answer that
    sets one is for this visitor alone.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.cookies and not ALONE.search(response.headers.get("Cache-Control", "")):
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return answer


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a whole answer an ETag of its bytes, and answer 304 to somebody who holds them."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
