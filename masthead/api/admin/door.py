"""The door of the Admin API: a key's token and nothing else lets in; who acts stands in every event."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from masthead.api.admin.call import Call
from masthead.api.admin.errors import TooOften
from masthead.api.admin.limits import WINDOW
from masthead.api.admin.tokens import key_of
from masthead.api.content.door import VERSION
from masthead.api.errors import ApiError, NotAllowed
from masthead.core.events import with_facts

MOST_WARNINGS = 20
WARNINGS = "Masthead-Warnings"  # header: a list of JSON


@dataclass(frozen=True)
class Told:
    """What a view answers beside a plain object: another status, or where a new thing is."""

    body: dict[str, Any] | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


View = Callable[..., dict[str, Any] | Told]
NOTHING = Told(None, status=204)


def door(*, is_open: bool = False, **views: View) -> Callable[..., HttpResponse]:
    """Make one address of the API from a view for each of its methods, as door(GET=browse, POST=add).

    A cookie opens nothing and is not read, so that no page of another site can act through somebody's browser; that
    is why no form token is asked for (CHECKS.md 49, 94). `is_open` is for what any page of the site shows.
    """

    @csrf_exempt
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES.clear()
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        try:
            response = _answer(request, views, is_open, args, kwargs)
        except ApiError as error:
            response = error.response()
            if isinstance(error, NotAllowed):
                response.headers["Allow"] = ", ".join(sorted(views))
            if isinstance(error, TooOften):
                response.headers["Retry-After"] = str(WINDOW)
        response.headers["Content-Version"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _answer(request: HttpRequest, views: dict[str, View], is_open: bool, args: Any, kwargs: Any) -> HttpResponse:
    at = timezone.now()
    key = None if is_open else key_of(request, at=at)
    view = views.get("GET" if request.method == "HEAD" else str(request.method))
    if view is None:
        raise NotAllowed("This address does not take this method.", f"Use {', '.join(sorted(views))}.")
    call = Call(request, at, key)
    with with_facts(key=key.public_id if key else ""):
        said = view(call, *args, **kwargs)
    return _response(said if isinstance(said, Told) else Told(said), call)


def _response(told: Told, call: Call) -> HttpResponse:
    response = HttpResponse(status=told.status) if told.body is None else JsonResponse(told.body, status=told.status)
    for name, value in told.headers.items():
        response.headers[name] = value
    if call.warnings:
        response.headers[WARNINGS] = json.dumps([line[:200] for line in call.warnings[:MOST_WARNINGS]])
    return response
