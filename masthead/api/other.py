"""Old prefixes of Ghost's API, addresses without their last slash, and what is not there."""

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from masthead.api.errors import NotThere

OLD = frozenset({"v2", "v3", "v4", "canary"})


@csrf_exempt
def other(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer an address of an older client as the one that stands for it now; 404, as JSON, for any other."""
    first, _, behind = rest.partition("/")
    asked = behind if first in OLD else rest
    try:
        found = resolve(f"/{asked.removesuffix('/')}/", urlconf="masthead.api.urls")
    except Resolver404:
        return _not_there()
    if found.func is other:
        return _not_there()
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer


def _not_there() -> HttpResponse:
    response = NotThere("There is nothing at this address.", "See the reference of the Content API.").response()
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
