"""What every request carries: the publication and the Reader."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from masthead.access.reader import Reader
from masthead.core.models import Publication

Answer = Callable[[HttpRequest], HttpResponse]


def publication(get_response: Answer) -> Answer:
    """Set `request.publication` and answer in its language and time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        current = Publication.current()
        request.publication = current  # type: ignore[attr-defined]
        with timezone.override(current.zone), translation.override(current.language):
            response = get_response(request)
        if current.is_rehearsal:  # the same texts stand at the site that it comes from
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def reader(get_response: Answer) -> Answer:
    """Set `request.reader`, worked out from the member's entitlements when it is first asked for."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: Reader.of(request.user, at=timezone.now()))  # type: ignore[attr-defined]
        return get_response(request)

    return answer
