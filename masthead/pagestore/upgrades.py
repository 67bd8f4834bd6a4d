"""Requests that ask for another protocol, as Java's client does each time: httptools passes over their bodies, and we do not."""

from typing import Any, Protocol

import httptools

Headers = list[tuple[bytes, bytes]]
_FRAMING = (b"content-length", b"transfer-encoding")


class Parsed(Protocol):
    """What takes in what a parser finds."""

    def on_message_begin(self) -> None: ...
    def on_url(self, url: bytes) -> None: ...
    def on_header(self, name: bytes, value: bytes) -> None: ...
    def on_headers_complete(self) -> None: ...
    def on_body(self, body: bytes) -> None: ...
    def on_message_complete(self) -> None: ...


def parser_of_body(protocol: Parsed, headers: Headers) -> httptools.HttpRequestParser:
    """Return a parser that stands behind the headers of a request, before its body; what follows it parses as usual."""
    after_head = _AfterHead(protocol)
    parser = httptools.HttpRequestParser(after_head)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn has it
    framing = b"".join(name + b": " + value + b"\r\n" for name, value in headers if name in _FRAMING)
    parser.feed_data(b"POST / HTTP/1.1\r\n" + framing + b"\r\n")
    after_head.is_open = True
    return parser


class _AfterHead:
    """Passes on what is parsed once it is open: not the headers that are repeated for the parser's sake."""

    def __init__(self, protocol: Parsed) -> None:
        self._protocol = protocol
        self.is_open = False

    def _pass_on(self, name: str, *words: Any) -> None:
        if self.is_open:
            getattr(self._protocol, name)(*words)

    def on_message_begin(self) -> None:
        self._pass_on("on_message_begin")

    def on_url(self, url: bytes) -> None:
        self._pass_on("on_url", url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._pass_on("on_header", name, value)

    def on_headers_complete(self) -> None:
        self._pass_on("on_headers_complete")

    def on_body(self, body: bytes) -> None:
        self._pass_on("on_body", body)

    def on_message_complete(self) -> None:
        self._pass_on("on_message_complete")
