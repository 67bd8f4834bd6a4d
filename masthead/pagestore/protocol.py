"""The server's protocol: uvicorn's, which answers from the page store before an ASGI application is asked.

It is a subclass of uvicorn's `HttpToolsProtocol`, whose inside may change with each minor release: pyproject.toml pins it, and
tests/pagestore/raw compares the two byte by byte. What it does not answer from the store goes on unchanged.
"""

import time
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from masthead.pagestore import wire
from masthead.pagestore.serving import OFTEN, Variant
from masthead.pagestore.site import Site
from masthead.pagestore.targets import read_target
from masthead.pagestore.visit import Unreadable, Visit

LARGEST_HEAD: Final = 32 * 1024  # bytes of request line and headers
LONGEST_TARGET: Final = 8 * 1024  # bytes
_END: Final = b"\r\n\r\n"
_CLOSE: Final = b"connection: close\r\n"
_TOO_LARGE: Final = {
    431: b"The headers of this request are too large.\n",
    414: b"This address is too long.\n",
    408: b"The request took too long to arrive.\n",
}


class PageProtocol(HttpToolsProtocol):
    """One connection. `site` is set on a subclass, once for each worker (server.py)."""

    site: ClassVar[Site]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = time.monotonic()  # when the connection last came to rest, or the current request began
        self.received = 0  # bytes of the current request
        self.is_between = True  # no part of a request has arrived that was not answered or handed on
        self.has_head = False
        self.is_stopping = False
        self._is_answered = False
        self._chunk: bytes | None = None  # what arrived, while it may hold exactly one request
        self._visit: Visit | None = None

    # -- the short way: a request whose headers are known, for a page that is kept

    def data_received(self, data: bytes) -> None:
        begun = time.perf_counter() if self.site.is_demo else 0.0
        if self.is_between and self._is_idle():
            line = data.find(b"\r\n")
            visit = self.site.visits.get(data[line:])
            is_plain = visit is not None and data[:4] == b"GET " and data[line - 9 : line] == b" HTTP/1.1"
            if visit is not None and is_plain and self._answered(data[4 : line - 9], visit, begun=begun):
                self._unset_keepalive_if_required()
                return
            self._chunk = data
            self.since, self.received = time.monotonic(), 0
        else:
            self._chunk = None
        self.received += len(data)
        super().data_received(data)
        self._chunk = None
        if not self.has_head and not self.is_between and self.received > LARGEST_HEAD:
            self.refuse(431)

    def _is_idle(self) -> bool:
        return (self.cycle is None or self.cycle.response_complete) and not self.pipeline

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
        if visit.known_etags and rendered.status == 200 and wire.is_known(visit.known_etags, rendered.etag):
            parts: tuple[bytes, ...] = (variant.head_304, self._date(), beside, wire.tail_304(rendered.etag, coding))
        else:
            body = site.serving.body(variant, coding)
            if body is None:
                site.serving.forget(variant)
                return False
            tail = variant.tails.get(coding)
            if tail is None:
                tail = variant.tails[coding] = wire.tail(rendered.etag, coding, len(body))
            parts = (variant.head, self._date(), beside, tail, b"" if is_head else body)
        self.transport.write(b"".join(parts))
        variant.readings += 1
        if variant.readings == OFTEN:
            site.serving.often_read.append(variant)
        self.server_state.total_requests += 1
        self.since = time.monotonic()
        if site.log is not None:
            status = 304 if len(parts) == 4 else rendered.status
            site.log.note(
                self.client,
                visit.forwarded,
                "HEAD" if is_head else "GET",
                rendered.path,
                status,
                len(parts[-1]),
                "store",
            )
        if close:
            self.transport.close()
        return True

    def _date(self) -> bytes:
        return self.site.date_line(self.server_state.default_headers)

    # -- the usual way: httptools calls these while it parses

    def on_message_begin(self) -> None:
        self.is_between, self.has_head, self._is_answered, self._visit = False, False, False, None
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > LONGEST_TARGET:
            self.refuse(414)

    def on_headers_complete(self) -> None:
        self.has_head = True
        if self.transport.is_closing():
            self._is_answered = True
            return
        if self._is_idle() and self._answered_now():
            self._is_answered = True
            return
        super().on_headers_complete()
        if self.is_stopping:
            self.cycle.keep_alive = False

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
        is_last = self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive()
        begun = time.perf_counter() if self.site.is_demo else 0.0
        return self._answered(raw_path, self._visit, is_head=method == b"HEAD", close=is_last, begun=begun)

    def on_body(self, body: bytes) -> None:
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self.is_between = True
        if self._visit is not None and self._chunk is not None:
            self._remember(self._chunk, self._visit)
        self._chunk = None  # what follows in it is another request
        if not self._is_answered:
            super().on_message_complete()

    def _remember(self, chunk: bytes, visit: Visit) -> None:
        """Remember what the headers of a request say, if the chunk is that one request and nothing more."""
        if chunk.find(_END) == len(chunk) - 4 and chunk[:4] == b"GET " and self.parser.should_keep_alive():
            line = chunk.find(b"\r\n")
            if chunk[line - 9 : line] == b" HTTP/1.1":
                self.site.remember(chunk[line:], visit)

    def on_response_complete(self) -> None:
        self.since = time.monotonic()
        super().on_response_complete()

    # -- for the sweeper

    def is_at_rest(self) -> bool:
        """Say whether nothing is under way."""
        return self.is_between and self._is_idle()

    def is_body_slow(self, seconds: float, after: float, slowest: float) -> bool:
        """Say whether a body has been arriving for longer than `after` seconds at less than `slowest` bytes a second."""
        is_arriving = not self.is_between and self.has_head
        return is_arriving and seconds > after and self.received / seconds < slowest

    # -- ending

    def refuse(self, status: int) -> None:
        """Answer that the request cannot be taken, and close the connection."""
        if self.transport.is_closing():
            return
        if self._is_idle():
            text = _TOO_LARGE[status]
            told = (
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(text))),
                ("connection", "close"),
            )
            self.transport.write(wire.status_line(status) + self._date() + wire.lines(told) + wire.END + text)
        self.transport.close()

    def shutdown(self) -> None:
        """Stop: what is under way is finished, and a connection at rest is given a moment to send what is on its way.

        Who was not told yet that this answer is the last gets one more, which says so: closing without that would
        lose a request that a client with a connection of its own may send at any time (RFC 9112, 9.6).
        """
        if self.is_stopping:
            return
        self.is_stopping = True
        if self.is_at_rest():
            self.since = time.monotonic()
        elif not self._is_idle() and not self.cycle.response_started:
            self.cycle.keep_alive = False
