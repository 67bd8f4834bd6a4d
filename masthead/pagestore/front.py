"""The ASGI application in front of Django: what is kept is answered from the store, one renders what all wait for, and the
rest goes on to Django's threads with its body read."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from masthead.pagestore import encodings, wire
from masthead.pagestore.access_log import AccessLog
from masthead.pagestore.asked import STATE, Asked, Sendable
from masthead.pagestore.bodies import PIECE, Answer, Body, Gone, Receive, Send, TooLarge, receiving, taken_in
from masthead.pagestore.claims import Claims
from masthead.pagestore.rendered import Headers
from masthead.pagestore.serving import Serving, Variant
from masthead.pagestore.targets import Target, read_target
from masthead.pagestore.visit import Unreadable, Visit

Scope = Any
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
PATIENCE = 5.0  # seconds that one waits for a page that another renders; then it is rendered once more
LOOK_EVERY = 0.01  # seconds between looks whether another process has rendered it
NOT_KEPT_FOR = 30.0  # seconds during which nobody waits for a page that turned out not to be kept
MOST_NOT_KEPT = 1_000
# Headers for one browser's copy or for part of a page; a page that is to be kept is asked for without them.
_ITS_OWN = frozenset((b"if-none-match", b"if-modified-since", b"range", b"if-range", b"accept-encoding"))
# What goes out beside a kept page, of this one answer.
_BESIDE = frozenset((b"set-cookie", b"server-timing"))


@dataclass(slots=True)
class Request:
    """A request as the page store sees it; `visit` is None for one that it has nothing to do with."""

    scope: Scope
    target: Target
    visit: Visit | None
    send: Send

    @property
    def is_head(self) -> bool:
        return bool(self.scope["method"] == "HEAD")


class Front:
    """The front of one worker."""

    def __init__(
        self,
        django: Application,
        serving: Serving,
        claims: Claims,
        *,
        read: Callable[[list[tuple[bytes, bytes]]], Visit],
        most_body: int,
        log: AccessLog | None = None,
    ) -> None:
        """Stand before `django`; `read` reads headers into a Visit, and `most_body` is in bytes."""
        self._log = log
        self._django, self._serving, self._claims = django, serving, claims
        self._read, self._most_body = read, most_body
        self._rendering: dict[object, asyncio.Future[None]] = {}
        self._not_kept: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, read_target(scope["raw_path"], scope["query_string"]), self._visit(scope), send)
        if request.visit is not None and await self._answered(request, request.visit):
            return
        if request.visit is not None and scope["method"] == "GET" and not self._serving.is_lost:
            await self._render(request, request.visit)
        else:
            await self._pass_on(request, receive)

    def _visit(self, scope: Scope) -> Visit | None:
        """Return the visit of a plain reading: GET or HEAD of a path, with no question behind it."""
        target = read_target(scope["raw_path"], scope["query_string"])
        if scope["method"] not in ("GET", "HEAD") or target.has_query:
            return None
        try:
            return self._read(scope["headers"])
        except Unreadable:
            return None

    def _found(self, request: Request, visit: Visit) -> Variant | None:
        if not self._serving.look_for_news():
            return None
        if visit.reader is None or visit.expires <= time.time() or not self._serving.is_in_force(visit):
            return self._serving.find_same(request.target.path)
        return self._serving.find(request.target.path, visit)

    async def _answered(self, request: Request, visit: Visit) -> bool:
        variant = self._found(request, visit)
        return variant is not None and await self._send_kept(request, visit, variant, [])

    # -- rendering

    async def _render(self, request: Request, visit: Visit) -> None:
        """Let Django render a page that may be kept, once for all who ask for it now."""
        path = request.target.path
        if visit.reader is None or self._not_kept.get(path, 0) > time.monotonic():
            await self._ask_django(request, visit)
            return
        name = (path, visit.reader, visit.unlocked)
        if name in self._rendering:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._rendering[name]), PATIENCE)
            if not await self._answered(request, visit):
                await self._ask_django(request, visit)
            return
        self._rendering[name] = asyncio.get_running_loop().create_future()
        try:
            async with self._claimed(request, visit, repr(name)) as is_there:
                if not (is_there and await self._answered(request, visit)):
                    await self._ask_django(request, visit, waited=self._rendering[name])
        finally:
            done = self._rendering.pop(name)
            if not done.done():
                done.set_result(None)

    @contextlib.asynccontextmanager
    async def _claimed(self, request: Request, visit: Visit, name: str) -> AsyncIterator[bool]:
        """Wait until no other process renders this page; tell whether it is there now."""
        deadline = time.monotonic() + PATIENCE
        is_there, place = False, self._claims.take(name)
        while place is None and not is_there and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_EVERY)
            is_there = self._found(request, visit) is not None
            place = None if is_there else self._claims.take(name)
        try:
            yield is_there
        finally:
            if place is not None:
                self._claims.give_back(place)

    async def _ask_django(self, request: Request, visit: Visit, *, waited: asyncio.Future[None] | None = None) -> None:
        path = request.target.path
        is_known = visit.reader is not None and visit.expires > time.time() and self._serving.is_in_force(visit)
        asked = Asked(
            may_keep=True,
            position=self._serving.position,
            renews=not is_known,
            has_page=not is_known and self._serving.knows(path),
        )
        answer = await self._answer_of(_for_all(request), asked, None)
        if asked.reader is not None:
            shown = Visit(visit.coding, visit.known_etags, asked.reader, asked.unlocked)
            variant = self._serving.find(path, shown) if self._serving.look_for_news() else None
            beside = _beside(answer)
            if variant is not None and await self._send_kept(request, shown, variant, beside):
                return
            asked = Asked(may_keep=True, position=self._serving.position, renews=True)
            answer = await self._answer_of(_for_all(request), asked, None)
        if asked.kept is not None:
            self._serving.look_for_news()
            self._serving.add(asked.kept.rendered, asked.kept.body, asked.kept.stored)
        else:
            self._note_not_kept(path)
        if waited is not None and not waited.done():
            waited.set_result(None)
        if asked.kept is not None:
            rendered, body = asked.kept.rendered, asked.kept.body
            headers = rendered.headers
            if not self._serving.is_fresh(rendered.tags, rendered.position):
                headers = _for_one(headers)
            await self._send_rendered(request, visit, headers, rendered.status, rendered.etag, body, _beside(answer))
        else:
            await self._send_answer(request, answer, asked.file)

    def _note_not_kept(self, path: str) -> None:
        if len(self._not_kept) > MOST_NOT_KEPT:
            self._not_kept.clear()
        self._not_kept[path] = time.monotonic() + NOT_KEPT_FOR

    # -- passing on

    async def _pass_on(self, request: Request, receive: Receive) -> None:
        try:
            body = await self._body(request, receive)
        except TooLarge:
            await _refuse(request.send, 413, f"At most {self._most_body} bytes are taken.")
            return
        except Gone:
            return
        asked = Asked(position=self._serving.position, renews=request.visit is not None)
        answer = await self._answer_of(request.scope, asked, body)
        if body is not None:
            body.close()
        await self._send_answer(request, answer, asked.file)

    async def _body(self, request: Request, receive: Receive) -> Body | None:
        length = next((value for name, value in request.scope["headers"] if name == b"content-length"), None)
        if length is not None and int(length) > self._most_body:
            raise TooLarge
        has_body = length not in (None, b"0") or any(
            name == b"transfer-encoding" for name, _ in request.scope["headers"]
        )
        return await taken_in(receive, most=self._most_body) if has_body else None

    async def _answer_of(self, scope: Scope, asked: Asked, body: Body | None) -> Answer:
        answer = Answer()
        scope["state"] = {**scope.get("state", {}), STATE: asked}
        await self._django(scope, receiving(body), answer.send)
        return answer

    # -- sending

    async def _send_kept(
        self, request: Request, visit: Visit, variant: Variant, beside: list[tuple[bytes, bytes]]
    ) -> bool:
        """Send a kept page; False if its body was lost."""
        body = self._serving.body(variant, encodings.IDENTITY)
        if body is None:
            self._serving.forget(variant)
            return False
        rendered = variant.rendered
        await self._send_rendered(request, visit, rendered.headers, rendered.status, rendered.etag, body, beside)
        return True

    async def _send_rendered(
        self,
        request: Request,
        visit: Visit,
        headers: Headers,
        status: int,
        etag: str,
        body: bytes,
        beside: list[tuple[bytes, bytes]],
    ) -> None:
        kind = dict(headers).get("content-type", "")
        is_packed = len(body) >= encodings.SMALLEST and encodings.is_compressible(kind)
        coding = visit.coding if is_packed else encodings.IDENTITY
        told = wire.etag_of(etag, coding)
        if status == 200 and wire.is_known(visit.known_etags, etag):
            again = [(n.encode(), v.encode("latin-1")) for n, v in headers if n in wire.TOLD_AGAIN]
            await _send(request.send, 304, [*again, (b"etag", told), *beside])
            return
        packed = encodings.encode(body, coding)
        whole = [(n.encode(), v.encode("latin-1")) for n, v in headers]
        coded = [] if coding == encodings.IDENTITY else [(b"content-encoding", coding.encode())]
        whole += [(b"etag", told), *coded, (b"content-length", str(len(packed)).encode()), *beside]
        await _send(request.send, status, whole, packed)

    async def _send_answer(self, request: Request, answer: Answer, file: Sendable | None) -> None:
        """Send what Django answered, or the file that it handed over."""
        await request.send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        try:
            pieces = _pieces_of(file) if file is not None else answer.pieces()
            async for piece in pieces:
                await request.send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            answer.body.close()
            if file is not None:
                os.close(file.file)
        await request.send({"type": "http.response.body", "body": b"", "more_body": False})


def _for_all(request: Request) -> Scope:
    """Return the request without what one browser asks for itself: what is rendered is for all with the same key."""
    headers = [(name, value) for name, value in request.scope["headers"] if name not in _ITS_OWN]
    return {**request.scope, "headers": headers, "query_string": b""}


def _for_one(headers: Headers) -> Headers:
    """Return the headers of a page that was purged while it was rendered: whoever asked gets it, and nobody keeps it."""
    kept = tuple((name, value) for name, value in headers if name not in ("cache-control", "cache-tag"))
    return (*kept, ("cache-control", "private, no-store"))


def _beside(answer: Answer) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in answer.headers if name.lower() in _BESIDE]


async def _pieces_of(file: Sendable) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    offset, left = file.offset, file.length
    while left > 0:
        piece = await loop.run_in_executor(None, os.pread, file.file, min(PIECE, left), offset)
        if not piece:
            return
        offset, left = offset + len(piece), left - len(piece)
        yield piece


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _refuse(send: Send, status: int, why: str) -> None:
    text = f"{why}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await _send(send, status, [*headers, (b"connection", b"close")], text)
