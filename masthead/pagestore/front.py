"""The ASGI application in front of Django: what is kept is answered from the store, one renders what all wait for, and the
rest goes on to Django's threads with its body read."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from masthead.pagestore import asking, encodings, sending
from masthead.pagestore.access_log import NO_ROUTE, AccessLog
from masthead.pagestore.asked import STATE, Asked
from masthead.pagestore.bodies import Answer, Body, Full, Gone, Receive, Send, TooLarge, receiving, taken_in
from masthead.pagestore.claims import Claims
from masthead.pagestore.limits import Limits
from masthead.pagestore.serving import Serving, Variant
from masthead.pagestore.targets import Target, read_target
from masthead.pagestore.visit import Unreadable, Visit

Scope = Any
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
PATIENCE = 5.0  # seconds that one waits for a page that another renders; then it is rendered once more
LOOK_EVERY = 0.01  # seconds between looks whether another process has rendered it
NOT_KEPT_FOR = 30.0  # seconds during which nobody waits for a page that turned out not to be kept
MOST_NOT_KEPT = 1_000


@dataclass(slots=True)
class Request:
    """A request as the page store sees it; `visit` is None for one that it has nothing to do with."""

    scope: Scope
    target: Target
    visit: Visit | None
    send: sending.Counted
    asked: Asked | None = None  # once Django was asked


class Front:
    """The front of one worker."""

    def __init__(
        self,
        django: Application,
        serving: Serving,
        claims: Claims,
        *,
        read: Callable[[list[tuple[bytes, bytes]]], Visit],
        limits: Limits,
        log: AccessLog | None = None,
    ) -> None:
        """Stand before `django`; `read` reads headers into a Visit."""
        self._log = log
        self._django, self._serving, self._claims = django, serving, claims
        self._read, self._limits = read, limits
        self._rendering: dict[object, asyncio.Future[None]] = {}
        self._not_kept: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        target = read_target(scope["raw_path"], scope["query_string"])
        request = Request(scope, target, self._visit(scope, target), sending.Counted(send))
        try:
            await self._answer(request, receive)
        finally:
            self._note(request)

    async def _answer(self, request: Request, receive: Receive) -> None:
        if request.visit is not None and await self._answered(request, request.visit):
            return
        is_whole = request.scope["method"] == "GET" and not asking.is_for_part(request.scope["headers"])
        if request.visit is not None and is_whole and not self._serving.is_lost:
            await self._render(request, request.visit)
        else:
            await self._pass_on(request, receive)

    def _note(self, request: Request) -> None:
        """Note the request in the access log; by its route if Django answered it, since a path may hold a secret."""
        if self._log is not None and request.send.status:
            scope, asked = request.scope, request.asked
            path, source = (asked.route or NO_ROUTE, "django") if asked else (NO_ROUTE, "server")
            if asked is None and request.visit is not None:
                path, source = request.target.path, "store"
            sent = request.send
            size = 0 if scope["method"] == "HEAD" else sent.size
            self._log.note(scope["client"], "", scope["method"], path, sent.status, size, source)

    def _visit(self, scope: Scope, target: Target) -> Visit | None:
        """Return the visit of a plain reading: GET or HEAD of a path, with no question behind it."""
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
        answer = await self._answer_of(request, asking.for_all(request.scope), asked, None)
        if asked.reader is not None:
            shown = Visit(visit.coding, visit.known_etags, asked.reader, asked.unlocked)
            variant = self._serving.find(path, shown) if self._serving.look_for_news() else None
            if variant is not None and await self._send_kept(request, shown, variant, sending.beside(answer)):
                return
            asked = Asked(may_keep=True, position=self._serving.position, renews=True)
            answer = await self._answer_of(request, asking.for_all(request.scope), asked, None)
        if asked.kept is not None:
            self._serving.look_for_news()
            self._serving.add(asked.kept.rendered, asked.kept.body, asked.kept.stored, key=asked.kept.key)
        else:
            self._note_not_kept(path)
        if waited is not None and not waited.done():
            waited.set_result(None)
        if asked.kept is not None:
            kept = asked.kept
            await sending.send_rendered(request.send, visit, kept.rendered, kept.body, sending.beside(answer))
        else:
            await sending.send_answer(request.send, answer, asked.file, known=visit.known_etags)

    def _note_not_kept(self, path: str) -> None:
        if len(self._not_kept) > MOST_NOT_KEPT:
            self._not_kept.clear()
        self._not_kept[path] = time.monotonic() + NOT_KEPT_FOR

    # -- passing on

    async def _pass_on(self, request: Request, receive: Receive) -> None:
        try:
            body = await self._body(request, receive)
        except TooLarge:
            most = self._limits.most(request.scope["path"])
            await sending.refuse(request.send, receive, 413, f"At most {most} bytes are taken.")
            return
        except Full:
            await sending.refuse(request.send, receive, 503, "There is no room for this now. Try again in a minute.")
            return
        except Gone:
            return
        asked = Asked(position=self._serving.position, renews=request.visit is not None)
        try:
            answer = await self._answer_of(request, request.scope, asked, body)
        finally:
            if body is not None:
                body.close()
        await sending.send_answer(request.send, answer, asked.file)

    async def _body(self, request: Request, receive: Receive) -> Body | None:
        headers, path = request.scope["headers"], request.scope["path"]
        if not asking.has_body(headers):
            return None
        most, room = self._limits.most(path), self._limits.room(path)
        if asking.length_of(headers) > most:
            raise TooLarge
        return await taken_in(receive, most=most, room=room)

    async def _answer_of(self, request: Request, scope: Scope, asked: Asked, body: Body | None) -> Answer:
        answer = Answer()
        request.asked = asked
        scope = asking.for_django(scope, body)
        scope["state"] = {**scope.get("state", {}), STATE: asked}
        await self._django(scope, receiving(body), answer.send)
        return answer

    # -- sending

    async def _send_kept(self, request: Request, visit: Visit, variant: Variant, beside: sending.Beside) -> bool:
        """Send a kept page; False if its body was lost."""
        body = self._serving.body(variant, encodings.IDENTITY)
        if body is None:
            self._serving.forget(variant)
            return False
        await sending.send_rendered(request.send, visit, variant.rendered, body, beside)
        return True
