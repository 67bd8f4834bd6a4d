"""The door of the Content API: who comes in, from where, and how long an answer is kept."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from masthead.api.errors import ApiError, NoKey, NotAllowed, UnknownKey
from masthead.members.keys import content_key, note_use

VERSION = "v6.0"  # of Ghost's API, which this one answers as
KEPT = "public, max-age=60"  # the same for every valid key, which is a part of the address
METHODS = "GET, HEAD, OPTIONS"
HEADERS = "Accept, Accept-Version, Content-Type, If-None-Match"

View = Callable[..., dict[str, Any]]


def door(view: View) -> Callable[..., HttpResponse]:
    """Make an answer of the API from a view that returns what is told.

    Only GET and HEAD, with a working content key; from any site, but never with its cookies, which are not looked at:
    there is no member behind an answer, so that everybody with a key gets the same bytes (CHECKS.md 22, 144).
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _forget_cookies(request)
        response = _answer(request, view, args, kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Version"] = VERSION
        return response

    return answer


def _forget_cookies(request: HttpRequest) -> None:
    """See to it that no middleware answers a cookie with a cookie: a proxy may keep this answer for everybody."""
    request.COOKIES.clear()
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)


def _answer(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": HEADERS}
        return HttpResponse(status=204, headers={"Allow": METHODS, "Access-Control-Max-Age": "86400", **allowed})
    try:
        _let_in(request)
        return _kept(request, JsonResponse(view(request, *args, **kwargs)))
    except ApiError as error:
        response = error.response()
        if isinstance(error, NotAllowed):
            response.headers["Allow"] = METHODS
        return response


def _let_in(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise NotAllowed("The Content API is for reading.", "Ask with GET.")
    given = request.GET.get("key", "")
    if not given:
        raise NoKey("A content key is missing.", "Add ?key= with a key that was made at the desk, under Keys.")
    key = content_key(given)
    if key is None:
        raise UnknownKey(
            "No content key is known by this text.",
            "It may have been revoked. Make a new one at the desk, under Keys.",
            code="UNKNOWN_CONTENT_API_KEY",
        )
    note_use(key, at=timezone.now())


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the answer its validator, and 304 to whoever holds it."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = KEPT
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
