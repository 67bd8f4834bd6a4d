"""The server's protocol: uvicorn's, which answers from the page store before an ASGI application is asked.

It is a subclass of uvicorn's `HttpToolsProtocol`, whose inside may change with each minor release: pyproject.toml pins it, and
tests/pagestore/raw compares the two byte by byte. What it does not answer from the store goes on unchanged.
"""

import time
from typing import Any, ClassVar, Final

from masthead.pagestore import wire
from masthead.pagestore.arriving import SLICE, ArrivingProtocol
from masthead.pagestore.serving import OFTEN
from masthead.pagestore.site import Site
from masthead.pagestore.targets import read_target
from masthead.pagestore.variant import Variant
from masthead.pagestore.visit import Unreadable, Visit

_END: Final = b"\r\n\r\n"
_CLOSE: Final = b"connection: close\r\n"


class PageProtocol(ArrivingProtocol):
    """One connection. `site` is set on a subclass, once for each worker (server.py)."""

    site: ClassVar[Site]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_answered = False
        self._chunk: bytes | None = None  # what arrived, while it may hold exactly one request
        self._visit: Visit | None = None

    # -- the short way: a request whose headers are known, for a page that is kept

    def data_received(self, data: bytes) -> None:
        """Answer at once a request that is wholly here, with headers that are known; parse all else."""
        begun = time.perf_counter() if self.site.is_demo else 0.0
        if self.is_between and not self._held and self._may_answer():
            line = data.find(b"\r\n")
            visit = self.site.visits.get(data[line:])
            is_plain = visit is not None and data[:4] == b"GET " and data[line - 9 : line] == b" HTTP/1.1"
            if visit is not None and is_plain and self._answered(data[4 : line - 9], visit, begun=begun):
                self._unset_keepalive_if_required()
                return
            self._chunk = data if len(data) <= SLICE else None
        super().data_received(data)
        self._chunk = None

    def _may_answer(self) -> bool:
        """Say whether an answer may be written now: it is this request's turn, and the client takes what is sent."""
        return (self.cycle is None or self.cycle.response_complete) and not self.pipeline and not self.flow.write_paused

    def _answered(
        self, raw_path: bytes, visit: Visit, *, is_head: bool = False, close: bool = False, begun: float
    ) -> bool:
        """Answer from the store; False if this is not for the store to answer."""
        site = self.site
        serving = site.serving
        if not serving.look_for_news() or b"?" in raw_path:
            return False
        path = raw_path.decode("latin-1")
        if visit.reader is None or visit.expires <= time.time() or not serving.is_in_force(visit):
            variant = serving.find_same(path)
        else:
            variant = serving.find(path, visit)
        if variant is None:
            return False
        return self._write(variant, visit, is_head=is_head, close=close or self.is_stopping, begun=begun)

    def _write(self, variant: Variant, visit: Visit, *, is_head: bool, close: bool, begun: float) -> bool:
        site, rendered = self.site, variant.rendered
        coding = visit.coding if variant.is_packed else "identity"
        beside = _CLOSE if close else b""
        if begun:
            beside += b"server-timing: store;dur=%.3f\r\n" % ((time.perf_counter() - begun) * 1000)
        status, body = rendered.status, b""
        if visit.known_etags and status == 200 and wire.is_known(visit.known_etags, rendered.etag, coding):
            status = 304
            parts = (variant.head_304, self._date(), beside, wire.tail_304(rendered.etag, coding))
        else:
            if not site.serving.is_at_hand(variant, coding):
                return False  # front.py has it made in a thread
            found = site.serving.body(variant, coding)
            if found is None:
                site.serving.forget(variant)
                return False
            tail = variant.tails.get(coding)
            if tail is None:
                tail = variant.tails[coding] = wire.tail(rendered.etag, coding, len(found))
            body = b"" if is_head else found
            parts = (variant.head, self._date(), beside, tail)
        self.transport.write(b"".join((*parts, body)))
        variant.readings += 1
        if variant.readings == OFTEN:
            site.serving.often_read.append(variant)
        self.server_state.total_requests += 1
        self.since = time.monotonic()
        if site.log is not None:
            method = "HEAD" if is_head else "GET"
            site.log.note(self.client, visit.forwarded, method, rendered.path, status, len(body), "store")
        if close:
            self.transport.close()
        return True

    def _date(self) -> bytes:
        return self.site.date_line(self.server_state.default_headers)

    # -- the usual way: httptools calls these while it parses

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._is_answered, self._visit = False, None
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Answer from the store, or hand the request on."""
        if self._may_answer() and not self.transport.is_closing() and self._answered_now():
            self.has_head = self._is_answered = True
        else:
            super().on_headers_complete()

    def _answered_now(self) -> bool:
        method = self.parser.get_method()
        if method not in (b"GET", b"HEAD") or self.url[:1] != b"/" or self.url[:2] == b"//":
            return False
        raw_path, _, query = self.url.partition(b"?")
        if query and read_target(raw_path, query).has_query:
            return False
        try:
            self._visit = self.site.read(self.headers)
        except Unreadable:
            return False
        is_last = self.parser.get_http_version() == "1.0" or not self.parser.should_keep_alive()
        begun = time.perf_counter() if self.site.is_demo else 0.0
        return self._answered(raw_path, self._visit, is_head=method == b"HEAD", close=is_last, begun=begun)

    def on_body(self, body: bytes) -> None:
        """Hand a piece of the body on."""
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        if self._visit is not None and self._chunk is not None:
            self._remember(self._chunk, self._visit)
        self._chunk = None  # what follows in it is another request
        if self._is_answered:
            self.is_between = True
        else:
            super().on_message_complete()

    def _remember(self, chunk: bytes, visit: Visit) -> None:
        """Remember what the headers of a request say, if the chunk is that one request and nothing more."""
        if chunk.find(_END) == len(chunk) - 4 and chunk[:4] == b"GET " and self.parser.should_keep_alive():
            line = chunk.find(b"\r\n")
            if chunk[line - 9 : line] == b" HTTP/1.1":
                self.site.remember(chunk[line:], visit)
