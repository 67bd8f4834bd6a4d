"""Noting which device a member reads on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from masthead.members.models import Member
from masthead.members.signing_in import is_seen, note_device

Answer = Callable[[HttpRequest], HttpResponse]


def device(get_response: Answer) -> Answer:
    """Note the device of a signed-in member, at most once an hour, and only on an answer that nobody shares.

    Noting it sets the session's cookie anew: on a feed or a picture, which a proxy keeps, it would go to strangers
    (CHECKS.md 23).
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "private" in response.headers.get("Cache-Control", "") and request.session.session_key:
            at = timezone.now()
            if isinstance(request.user, Member) and not is_seen(request, at=at):
                note_device(request, request.user, at=at)
        return response

    return answer
