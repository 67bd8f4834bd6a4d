"""What the pages of this package share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from masthead.members.models import Member

View = Callable[..., HttpResponse]


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member


def personal(view: View) -> View:
    """Let nobody keep the answer, nor another site learn from a link on it where the visitor came from.

    Not `no-referrer`: a browser then sends its forms with `Origin: null`, which no check of forms can take.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = never_cache(view)(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def for_members(view: View) -> View:
    """Send somebody who is not signed in to sign in, and back here after that."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Member):
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': request.path})}")

    return personal(answer)


def forgetting(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the pages that it kept of a member (W3C, Clear Site Data)."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
