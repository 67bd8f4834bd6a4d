"""Django's side of the page store: keeping what it rendered, and giving members their reader cookie."""

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from masthead.access.models import Entitlement
from masthead.access.reader import ANYONE, Reader
from masthead.content.models import Post
from masthead.members.models import Member
from masthead.pagestore import parts
from masthead.pagestore.access_log import NO_ROUTE
from masthead.pagestore.asked import Asked, asked_of
from masthead.pagestore.cookies import LIFETIME, ReaderCookie
from masthead.pagestore.files import handed_over
from masthead.pagestore.keeping import kept

Answer = Callable[[HttpRequest], HttpResponse]
# In a route that is a regular expression: a named group, an anchor, or a backslash that escapes.
_IN_A_PATTERN = re.compile(r"\(\?P<(?P<name>\w+)>(?:\[(?:\\.|[^\]])*\]|[^()])*\)|\^|\$|\\")


def page_store(get_response: Answer) -> Answer:
    """Keep what may be kept, hand files over to the server, and tell staff how long their page took. Stands first."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = asked_of(request)
        if asked is None:
            return get_response(request)
        asked.key = parts.store().key
        begun, queries = time.perf_counter(), _Queries()
        with connection.execute_wrapper(queries):
            response = get_response(request)
        asked.route = _route(request)
        # On a kept page whoever it was rendered for, such as our own worker, which asks without TLS.
        if settings.SECURE_HSTS_SECONDS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        if asked.reader is None:
            asked.kept = kept(request, response, asked)
            if asked.kept is None and request.method == "GET":
                asked.file = handed_over(response)
        if settings.MODE == "demo" or _is_staff(request):
            response.headers["Server-Timing"] = queries.told(time.perf_counter() - begun)
        return response

    return answer


def _route(request: HttpRequest) -> str:
    """Return what the access log calls a request: its route, since a path may hold a secret; of a static file its path."""
    if request.resolver_match is not None:
        return f"/{_IN_A_PATTERN.sub(_name_in_pattern, request.resolver_match.route)}"
    return request.path if request.path.startswith(settings.STATIC_URL) else NO_ROUTE


def _name_in_pattern(found: re.Match[str]) -> str:
    """Return a named group of a regular expression as `path()` would write it, and nothing for its anchors."""
    return f"<{found['name']}>" if found["name"] else ""


class _Queries:
    """Counts the queries of one request."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count, self.seconds = self.count + 1, self.seconds + time.perf_counter() - begun

    def told(self, seconds: float) -> str:
        """Write it as Server-Timing (W3C), in milliseconds."""
        return f'django;dur={seconds * 1000:.1f}, db;dur={self.seconds * 1000:.1f};desc="{self.count} queries"'


def _is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return isinstance(user, Member) and user.is_staff


def reader_cookie(get_response: Answer) -> Answer:
    """Let `request.reader` open what this browser has unlocked, and keep a member's reader cookie in force.

    Where the page is kept already, it is not rendered only to find out who asks: a member gets their cookie with it, and
    whose session is nobody's gets what anyone gets.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        request.reader = _with_unlocked(request)  # type: ignore[attr-defined]
        asked = asked_of(request)
        if asked is None:
            return get_response(request)
        is_asked_who = asked.renews and asked.has_page and not _is_staff(request)
        told = _told(request, asked) if is_asked_who else None
        if is_asked_who:
            asked.reader = Reader(is_member=True, tiers=told.tiers) if told else ANYONE
            asked.unlocked = frozenset(_unlocked(request))
            response = HttpResponse(headers={"Cache-Control": "private, no-cache"})
        else:
            response = get_response(request)
        # What everybody shares sets no cookie, and does not even look at the session.
        if "public" not in response.headers.get("Cache-Control", ""):
            _set(request, response, told or _told(request, asked), asked)
        return response

    return answer


def _told(request: HttpRequest, asked: Asked) -> ReaderCookie | None:
    """Return what the reader cookie of whoever is signed in must say now; None for anyone and for staff."""
    member = request.user
    if not isinstance(member, Member) or not member.is_active or member.is_staff:
        return None
    at = timezone.now()
    tiers, ends_at = _held(member, at)
    last = int(at.timestamp()) + LIFETIME
    expires = min(last, int(ends_at.timestamp())) if ends_at else last
    return ReaderCookie(parts.keys().id_of_member(member.pk), asked.position, expires, tiers)


def _held(member: Member, at: datetime) -> tuple[frozenset[int], datetime | None]:
    """Return the tiers held now, and the next moment at which that may change by itself."""
    rows = Entitlement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), member=member)
    held = list(rows.values_list("tier_id", "starts_at", "ends_at"))
    moments = [moment for _, starts, ends in held for moment in (starts, ends) if moment and moment > at]
    return frozenset(tier for tier, starts, _ in held if starts <= at), min(moments, default=None)


def _set(request: HttpRequest, response: HttpResponse, told: ReaderCookie | None, asked: Asked) -> None:
    """Set, renew or delete the cookie, if that is needed."""
    name = settings.READER_COOKIE_NAME
    given = request.COOKIES.get(name)
    session = request.session.session_key
    if told is None or session is None:
        if given is not None:
            response.delete_cookie(name, samesite="Lax")
        return
    held = parts.keys().read_reader_cookie(given, session=session) if given else None
    is_same = held is not None and (held.member, held.tiers) == (told.member, told.tiers)
    if asked.renews or not is_same:
        value = parts.keys().reader_cookie(told, session=session)
        age = max(1, told.expires - int(time.time()))
        response.set_cookie(name, value, max_age=age, httponly=True, secure=settings.IS_SECURE, samesite="Lax")


def _unlocked(request: HttpRequest) -> tuple[str, ...]:
    given = request.COOKIES.get(settings.UNLOCKED_COOKIE_NAME)
    told = parts.keys().read_unlocked_cookie(given) if given else None
    return told.posts if told is not None and told.expires > time.time() else ()


def _with_unlocked(request: HttpRequest) -> Reader:
    posts = _unlocked(request)
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return SimpleLazyObject(lambda: _opened(reader, posts)) if posts else reader  # type: ignore[return-value]


def _opened(reader: Reader, posts: tuple[str, ...]) -> Reader:
    pks = Post.objects.filter(public_id__in=posts).values_list("pk", flat=True)
    return Reader(reader.is_member, reader.is_staff, reader.tiers, reader.unlocked | frozenset(pks))
