"""Noting which device a member reads on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from masthead.members.models import Member
from masthead.members.signing_in import is_seen, note_device

Answer = Callable[[HttpRequest], HttpResponse]


def device(get_response: Answer) -> Answer:
    """Note the device of a signed-in member, at most once an hour."""

    def answer(request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        if request.session.session_key and isinstance(request.user, Member) and not is_seen(request, at=at):
            note_device(request, request.user, at=at)
        return get_response(request)

    return answer
