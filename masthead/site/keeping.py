"""How long an answer may be kept, and by whom."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from masthead.site.custom_code import loosened

View = Callable[..., HttpResponse]
ALONE = re.compile(r"\b(private|no-store)\b")


def page(view: View) -> View:
    """Mark a page that depends on the Reader: anyone's may be kept by a proxy and asked again, a member's only by the member.

    Its ETag is of its bytes, so that one made from the paid version never answers 304 to anyone (CHECKS.md 28).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        is_member = request.reader.is_member  # type: ignore[attr-defined]
        is_private = is_member or settings.MODE == "demo"  # the demo's strip holds forms
        response.headers["Cache-Control"] = "private, no-cache" if is_private else "public, max-age=0, must-revalidate"
        patch_vary_headers(response, ["Cookie"])
        return loosened(request, with_etag(request, response))

    return answer


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
