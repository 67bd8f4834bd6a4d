"""What arrives on a connection: taken in as fast as it can be answered, within limits, and parsed by uvicorn's own protocol.

Uvicorn parses all that arrived at once, however many requests it holds and whether or not the client takes the answers; and while
one of them is answered, it reads on. Here the rest is held and nothing more is read, so that what one connection can hold is
bounded. Between requests and in answers nothing differs.
"""

import time
from typing import Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from masthead.pagestore import wire
from masthead.pagestore.flow import Flow
from masthead.pagestore.upgrades import parser_of_body

LARGEST_HEAD: Final = 32 * 1024  # bytes of headers
LONGEST_TARGET: Final = 8 * 1024  # bytes
SLICE: Final = 16 * 1024  # bytes that are parsed before it is looked again whether the client must be waited for
_REFUSALS: Final = {
    408: b"The request took too long to arrive.\n",
    414: b"This address is too long.\n",
    431: b"The headers of this request are too large.\n",
}


class ArrivingProtocol(HttpToolsProtocol):
    """One connection, with what arrives on it bounded in size; sweeping.py bounds it in time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = time.monotonic()  # when the connection last came to rest, or the request that arrives began
        self.received = 0  # bytes of the request that arrives, but for those in the slice in which it began
        self.is_between = True  # no part of a request has arrived that was not answered or handed on
        self.has_head = False
        self.is_stopping = False
        self._head_size = 0
        self._held = b""  # arrived, and waits to be parsed

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        super().connection_made(transport)
        self.flow = self._flow = Flow(transport, self._go_on_soon)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; what is held goes."""
        self._held = b""
        super().connection_lost(exc)

    # -- taking in

    def data_received(self, data: bytes) -> None:
        """Take in what arrived, now or as soon as there is room."""
        if self._held or self._must_wait():
            self._held += data
            self._flow.hold()
        else:
            self._take(data)

    def _take(self, data: bytes) -> None:
        if len(data) <= SLICE:
            self._feed(data)
            return
        for start in range(0, len(data), SLICE):
            if self.transport.is_closing():
                return
            if self._must_wait():
                self._held = data[start:]
                self._flow.hold()
                return
            self._feed(data[start : start + SLICE])

    def _must_wait(self) -> bool:
        """Say whether a request waits for its turn, a body to be read, or what is sent to be taken."""
        return bool(self.pipeline) or self.flow.read_paused or self.flow.write_paused

    def _go_on_soon(self) -> None:
        self.loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        if self._held and not self._must_wait() and not self.transport.is_closing():
            held, self._held = self._held, b""
            self._take(held)
            if not self._held:
                self._flow.let_go()

    def _feed(self, piece: bytes) -> None:
        self._unset_keepalive_if_required()
        self.received += len(piece)
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as told:
            self._go_on_without_upgrade(piece[told.args[0] :])
        except httptools.HttpParserError:
            self.send_400_response("Invalid HTTP request received.")
        if not self.has_head and not self.is_between and self.received > LARGEST_HEAD:
            self.refuse(431)

    def _go_on_without_upgrade(self, rest: bytes) -> None:
        """Go on as if nobody had asked for another protocol (RFC 9110, 7.8); uvicorn loses the body (its issue 2722)."""
        if self._is_body_skipped():
            self.parser = parser_of_body(self, self.headers)
        if rest:
            self._feed(rest)

    def _is_body_skipped(self) -> bool:
        """Say whether httptools passes over the body of the request, since it asks for another protocol."""
        return self.parser.should_upgrade() and any(
            name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
            for name, value in self.headers
        )

    # -- httptools calls these while it parses

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.is_between, self.has_head = False, False
        self.since, self.received, self._head_size = time.monotonic(), 0, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take in a piece of the target."""
        super().on_url(url)
        if len(self.url) > LONGEST_TARGET:
            self.refuse(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in a header."""
        self._head_size += len(name) + len(value) + 4  # a colon, a space and the end of the line
        if self._head_size > LARGEST_HEAD:
            self.refuse(431)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request on, unless it was refused."""
        self.has_head = True
        if not self.transport.is_closing():
            super().on_headers_complete()
            if self.is_stopping:
                self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Hand a piece of the body on."""
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        if self._is_body_skipped():
            return
        self.is_between = True
        if not self.transport.is_closing():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Come to rest, or go on with what waits."""
        self.since = time.monotonic()
        super().on_response_complete()
        if self._held:
            self._go_on_soon()

    # -- for the sweeper

    def is_idle(self) -> bool:
        """Say whether every request that was handed on is answered."""
        return (self.cycle is None or self.cycle.response_complete) and not self.pipeline

    def is_at_rest(self) -> bool:
        """Say whether nothing is under way."""
        return self.is_between and self.is_idle() and not self._held

    def is_body_slow(self, seconds: float, after: float, slowest: float) -> bool:
        """Say whether a body has been arriving for longer than `after` seconds at less than `slowest` bytes a second."""
        is_arriving = not self.is_between and self.has_head and not self._must_wait()
        return is_arriving and seconds > after and self.received / seconds < slowest

    # -- ending

    def send_400_response(self, msg: str) -> None:
        """Answer that this is no HTTP, and close the connection, unless that is done already."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def refuse(self, status: int) -> None:
        """Answer that the request cannot be taken, and close the connection."""
        if self.transport.is_closing():
            return
        if self.is_idle():
            text = _REFUSALS[status]
            told = (
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(text))),
                ("connection", "close"),
            )
            date = wire.lines_of(self.server_state.default_headers)
            self.transport.write(wire.status_line(status) + date + wire.lines(told) + wire.END + text)
        self.transport.close()

    def shutdown(self) -> None:
        """Stop: what is under way is finished, and a connection at rest is given a moment to send what is on its way.

        Who was not told yet that this answer is the last gets one more, which says so: closing without that would
        lose a request that a client with a connection of its own may send at any time (RFC 9112, 9.6).
        """
        if self.is_stopping:
            return
        self.is_stopping = True
        if self.is_idle():
            self.since = time.monotonic()
        elif not self.cycle.response_started:
            self.cycle.keep_alive = False
