"""The generation: a cookie that scripts may read, by which a page knows that what it keeps of the member is out of date.

It says nothing but whether something changed, opens nothing, and no page depends on it.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from masthead.access.reader import Reader
from masthead.members.models import Member

Answer = Callable[[HttpRequest], HttpResponse]
SIZE = 8  # bytes


def generation_cookie(get_response: Answer) -> Answer:
    """Set the cookie beside an answer that is a member's alone, where it is not right; delete it for anyone."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # What everybody shares sets no cookie, and does not even look at the session.
        if "private" in response.headers.get("Cache-Control", ""):
            _set(request, response)
        return response

    return answer


def generation_of(member: Member, reader: Reader, session_key: str) -> str:
    """Return the generation of a member in one session: another one as soon as name, address, role or tiers change."""
    told = (session_key, member.pk, member.name, member.email, member.role, *sorted(reader.tiers))
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"generation").digest()
    return hashlib.blake2b(repr(told).encode(), key=key, digest_size=SIZE).hexdigest()


def _set(request: HttpRequest, response: HttpResponse) -> None:
    name, member = settings.GENERATION_COOKIE_NAME, request.user
    given, session_key = request.COOKIES.get(name), request.session.session_key
    if not isinstance(member, Member) or session_key is None:
        if given is not None:
            response.delete_cookie(name, samesite="Lax")
        return
    # Asked anew: `request.reader` may be of before this request signed somebody in.
    value = generation_of(member, Reader.of(member, at=timezone.now()), session_key)
    if given != value:
        age = settings.SESSION_COOKIE_AGE
        response.set_cookie(name, value, max_age=age, secure=settings.IS_SECURE, samesite="Lax")
