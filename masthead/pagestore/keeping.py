"""Keeping what Django rendered: which responses may be shown to everybody with the same Reader key, and which never."""

import hashlib
import time
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from masthead.access.reader_key import ALL_THE_SAME, ANYONE_KEY, Keep
from masthead.members.models import Member
from masthead.pagestore import encodings, parts
from masthead.pagestore.asked import Asked, Kept
from masthead.pagestore.in_front import told_with
from masthead.pagestore.log import LONGEST_KEPT
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import tags_with_site

KEEPABLE: Final = frozenset((200, 301, 404))
# Not kept with a page: they depend on the moment, on the coding, or on one visitor.
NOT_KEPT: Final = frozenset(
    ("date", "etag", "content-length", "content-encoding", "set-cookie", "server-timing", "connection")
)
LARGEST_FILE: Final = 512 * 1024  # bytes, of one that is kept in memory
# Cookies that go out beside a page, to the one visitor who asked (front.py).
BESIDE: Final = {settings.READER_COOKIE_NAME, settings.UNLOCKED_COOKIE_NAME, settings.GENERATION_COOKIE_NAME}
TOKEN: Final = b"csrfmiddlewaretoken"


def kept(request: HttpRequest, response: HttpResponseBase, asked: Asked) -> Kept | None:
    """Return the response as it may be kept, written to the store; None if it is for this visitor alone.

    Refused are all that a view did not mark (site/keeping.py), pages of staff, and those that set a cookie, hold a
    token against forgery or a nonce, or name the member.
    """
    if asked.may_keep and is_for_ever(response):
        return _kept_for_ever(request, response, asked)
    keep = getattr(response, "keep", None)
    if not (asked.may_keep and isinstance(keep, Keep) and isinstance(response, HttpResponse)):
        return None
    if response.status_code not in KEEPABLE or _is_personal(request, response):
        return None
    if not keep.depends.is_same and _is_of_member(request, response):
        return None
    rendered = _rendered(request, response, response.content, keep, asked)
    if keep.is_light:
        return Kept(rendered, response.content, None, asked.key)
    packed = encodings.encode(response.content, encodings.STORED)
    stored = parts.store().keep(rendered, size=len(response.content), packed=packed, key=asked.key)
    return Kept(rendered, response.content, stored, asked.key)


def is_for_ever(response: HttpResponseBase) -> bool:
    """Say whether what stands at this address never changes and is the same for all: static files and pictures."""
    told = response.headers.get("Cache-Control", "")
    return response.status_code == 200 and "public" in told and "immutable" in told and not response.cookies


def _kept_for_ever(request: HttpRequest, response: HttpResponseBase, asked: Asked) -> Kept | None:
    """Keep a small file in memory; a larger one is sent from where it stands."""
    if int(response.headers.get("Content-Length") or 0) > LARGEST_FILE:
        return None
    body = response.content if isinstance(response, HttpResponse) else b"".join(response.streaming_content)  # type: ignore[attr-defined]
    keep = Keep(ALL_THE_SAME, frozenset(), is_light=True)
    return Kept(_rendered(request, response, body, keep, asked), body, None, asked.key)


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    sets_cookie = bool(response.cookies.keys() - BESIDE) or response.has_header("Set-Cookie")
    # Whoever asks Django for a token gets its cookie anew with the answer; this is for one that was put in otherwise.
    has_token = TOKEN in response.content
    has_nonce = bool(getattr(request, "_csp_nonce", None))
    is_refused = "no-store" in response.headers.get("Cache-Control", "")
    return sets_cookie or has_token or has_nonce or is_refused


def _is_of_member(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether staff asked, or the page holds the member's address: one that a view or theme shows by mistake."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return False
    return user.is_staff or user.email.encode() in response.content


def _rendered(request: HttpRequest, response: HttpResponseBase, body: bytes, keep: Keep, asked: Asked) -> Rendered:
    if encodings.is_compressible(response.headers.get("Content-Type", "")):
        patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in NOT_KEPT}
    tags = tags_with_site(keep.tags)
    told, until = told_with(headers.get("cache-control", ""), tags, keep)
    last = time.time() + LONGEST_KEPT.total_seconds()
    return Rendered(
        path=raw_path(request),
        key=ANYONE_KEY if keep.depends.is_same else keep.depends.key(request.reader),  # type: ignore[attr-defined]
        status=response.status_code,
        headers=tuple((headers | told).items()),
        etag=hashlib.blake2b(body, digest_size=16).hexdigest(),
        depends=keep.depends,
        tags=tags,
        position=asked.position,
        until=min(until or last, last),
        is_light=keep.is_light,
    )


def raw_path(request: HttpRequest) -> str:
    """Return the path exactly as it was asked for, percent signs and all."""
    raw: bytes = request.META["asgi.scope"]["raw_path"]
    return raw.decode("latin-1")
