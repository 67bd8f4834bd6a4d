"""The ASGI application in front of Django: what is kept is answered from the store, one renders what all wait for, and the
rest goes on to Django's threads with its body read."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from masthead.pagestore import asking, encodings, sending
from masthead.pagestore.access_log import NO_ROUTE, AccessLog
from masthead.pagestore.asked import STATE, Asked, Kept
from masthead.pagestore.bodies import Answer, Body, Full, Gone, Receive, Send, TooLarge, receiving, taken_in
from masthead.pagestore.claims import Claims
from masthead.pagestore.limits import Limits
from masthead.pagestore.sending import Header
from masthead.pagestore.serving import Serving
from masthead.pagestore.targets import Target, read_target
from masthead.pagestore.variant import Variant
from masthead.pagestore.visit import Unreadable, Visit

Scope = Any
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
PATIENCE = 5.0  # seconds that one waits for a page that another renders; then it is rendered once more
MOST_WAITS = 3  # times that one waits for others before asking Django beside them
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
    beside: list[Header] = field(default_factory=list)  # what goes out with a kept page to this client alone
    begun: float = field(default_factory=time.perf_counter)


@dataclass(slots=True)
class Rendering:
    """What Django answered, and the page in the index if it was kept."""

    asked: Asked
    answer: Answer
    variant: Variant | None


class Front:
    """The front of one worker."""

    def __init__(
        self,
        django: Application,
        serving: Serving,
        claims: Claims,
        *,
        read: Callable[[list[Header]], Visit],
        limits: Limits,
        is_demo: bool = False,
        log: AccessLog | None = None,
    ) -> None:
        """Stand before `django`; `read` reads headers into a Visit.

        In the demo each answer says how long it took (Server-Timing, W3C).
        """
        self._log, self._is_demo = log, is_demo
        self._django, self._serving, self._claims = django, serving, claims
        self._read, self._limits = read, limits
        self._rendering: dict[tuple[str, str], asyncio.Future[None]] = {}
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

    async def _found(self, request: Request, visit: Visit) -> Variant | None:
        if not await self._serving.catch_up():
            return None
        if self._is_known(visit):
            return self._serving.find(request.target.path, visit)
        return self._serving.find_same(request.target.path)

    def _is_known(self, visit: Visit) -> bool:
        """Say whether it is known who is asking, without Django."""
        return visit.reader is not None and visit.expires > time.time() and self._serving.is_in_force(visit)

    async def _answered(self, request: Request, visit: Visit) -> bool:
        variant = await self._found(request, visit)
        return variant is not None and await self._send_kept(request, visit, variant)

    # -- rendering

    async def _render(self, request: Request, visit: Visit) -> None:
        """Let Django render a page that may be kept, once for all who ask for it now.

        Of a page that nobody has seen yet it is not known what of a Reader it depends on: all wait for the first rendering, and
        those for whom it was not meant for the first one of their own. Who only has to be known first waits for nobody.
        """
        path = request.target.path
        for _ in range(MOST_WAITS):
            is_known = self._is_known(visit)
            if self._not_kept.get(path, 0) > time.monotonic() or not (is_known or not self._serving.knows(path)):
                break
            name = self._name(path, visit, is_known=is_known)
            if name not in self._rendering:
                await self._render_first(request, visit, name)
                return
            try:
                await asyncio.wait_for(asyncio.shield(self._rendering[name]), PATIENCE)
            except TimeoutError:
                break
            if await self._answered(request, visit):
                return
        await self._send_rendering(request, visit, await self._rendered(request, visit))

    def _name(self, path: str, visit: Visit, *, is_known: bool) -> tuple[str, str]:
        """Name what is rendered: the page for one Reader key, or the page, while it is not known what it depends on."""
        depends = self._serving.depends_of(path) if is_known else None
        return (path, visit.key(depends) if depends is not None else "")

    async def _render_first(self, request: Request, visit: Visit, name: tuple[str, str]) -> None:
        """Render what others wait for, unless another process has done so meanwhile; nobody waits until this client has it."""
        done = self._rendering[name] = asyncio.get_running_loop().create_future()
        try:
            async with self._claimed(request, visit, " ".join(name)) as is_there:
                rendering = None if is_there else await self._rendered(request, visit)
        finally:
            del self._rendering[name]
            done.set_result(None)
        if rendering is None and await self._answered(request, visit):
            return
        await self._send_rendering(request, visit, rendering or await self._rendered(request, visit))

    @contextlib.asynccontextmanager
    async def _claimed(self, request: Request, visit: Visit, name: str) -> AsyncIterator[bool]:
        """Wait until no other process renders this page; tell whether it is there now."""
        deadline = time.monotonic() + PATIENCE
        is_there, place = False, self._claims.take(name)
        while place is None and not is_there and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_EVERY)
            place = self._claims.take(name)
            is_there = await self._found(request, visit) is not None
        try:
            yield is_there
        finally:
            if place is not None:
                self._claims.give_back(place)

    async def _rendered(self, request: Request, visit: Visit) -> Rendering:
        """Let Django answer, and take in what may be kept."""
        path, is_known = request.target.path, self._is_known(visit)
        asked = Asked(
            may_keep=True,
            position=self._serving.position,
            renews=not is_known,
            has_page=not is_known and self._serving.knows(path),
        )
        answer = await self._answer_of(request, asking.for_all(request.scope), asked, None)
        return Rendering(asked, answer, self._taken_in(path, asked, is_shared=is_known))

    async def _send_rendering(self, request: Request, visit: Visit, rendering: Rendering) -> None:
        """Send what Django answered, or the kept page to whom it has only said who they are."""
        asked, answer = rendering.asked, rendering.answer
        if asked.reader is not None or asked.kept is not None:
            answer.body.close()
            request.beside += sending.beside(answer)
        if asked.reader is not None:
            shown = Visit(visit.coding, visit.known_etags, asked.reader, asked.unlocked)
            if not await self._answered(request, shown):
                await self._render(request, shown)
        elif asked.kept is not None:
            await self._send_kept_now(request, visit, asked.kept, rendering.variant)
        else:
            await sending.send_answer(request.send, answer, asked.file, known=visit.known_etags)

    def _taken_in(self, path: str, asked: Asked, *, is_shared: bool) -> Variant | None:
        """Take in what was rendered. What is not kept for somebody who could share it, is not waited for a while."""
        if asked.kept is not None:
            kept = asked.kept
            return self._serving.add(kept.rendered, kept.body, kept.stored, key=kept.key)
        if is_shared and asked.reader is None:
            self._note_not_kept(path)
        return None

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

    async def _send_kept(self, request: Request, visit: Visit, variant: Variant) -> bool:
        """Send a kept page; False if its body was lost."""
        beside = [*request.beside, *self._timing(request)]
        coding = visit.coding if variant.is_packed else encodings.IDENTITY
        if sending.is_unchanged(visit, variant.rendered, coding):
            await sending.send_304(request.send, variant.rendered, coding, beside)
            return True
        body = await self._serving.body_soon(variant, coding)
        if body is None:
            self._serving.forget(variant)
            return False
        await sending.send_body(request.send, variant.rendered, coding, body, beside)
        return True

    def _timing(self, request: Request) -> list[Header]:
        """Say that a page came from the store, unless Django has said that it did the work."""
        if not self._is_demo or any(name == b"server-timing" for name, _ in request.beside):
            return []
        return [(b"server-timing", b"store;dur=%.3f" % ((time.perf_counter() - request.begun) * 1000))]

    async def _send_kept_now(self, request: Request, visit: Visit, kept: Kept, variant: Variant | None) -> None:
        """Send a page that was rendered just now; one that was purged meanwhile, so that nobody in front of us keeps it."""
        rendered = kept.rendered
        is_fresh = await self._serving.catch_up() and self._serving.known.is_fresh(rendered.tags, rendered.position)
        if is_fresh and variant is not None and await self._send_kept(request, visit, variant):
            return
        is_packed = len(kept.body) >= encodings.SMALLEST and encodings.is_compressible(kept.rendered.content_type)
        coding = visit.coding if is_packed else encodings.IDENTITY
        if not is_fresh:
            rendered = replace(rendered, headers=sending.for_one(rendered.headers))
        if sending.is_unchanged(visit, rendered, coding):
            await sending.send_304(request.send, rendered, coding, request.beside)
            return
        packed = await asyncio.to_thread(encodings.encode, kept.body, coding)
        await sending.send_body(request.send, rendered, coding, packed, request.beside)
