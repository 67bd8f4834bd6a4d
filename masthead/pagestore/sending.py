"""Sending: a kept page in the coding that a browser takes, what Django answered, a file, or a refusal."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from typing import Final

from masthead.pagestore import encodings, wire
from masthead.pagestore.asked import Sendable
from masthead.pagestore.bodies import PIECE, Answer, Message, Receive, Send
from masthead.pagestore.rendered import Headers, Rendered
from masthead.pagestore.visit import Visit

Header = tuple[bytes, bytes]
Beside = list[Header]
# What goes out beside a kept page, of this one answer.
_BESIDE: Final = frozenset((b"set-cookie", b"server-timing"))
# What a 304 does not tell (RFC 9110, 15.4.5).
_OF_BODY: Final = frozenset(
    (b"content-length", b"content-encoding", b"content-type", b"content-range", b"transfer-encoding")
)
LINGER = 5.0  # seconds in which the rest of a body that is not taken may still arrive, so that the refusal is read


class Counted:
    """Sends, and counts what for the access log."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.size = 0, 0

    async def __call__(self, message: Message) -> None:
        """Send a message."""
        self.status = message.get("status", self.status)
        self.size += len(message.get("body", b""))
        await self._send(message)


def beside(answer: Answer) -> Beside:
    """Return what of an answer goes out beside a kept page."""
    return [(name, value) for name, value in answer.headers if name.lower() in _BESIDE]


def for_one(headers: Headers) -> Headers:
    """Return the headers of a page that was purged while it was rendered: whoever asked gets it, and nobody keeps it."""
    kept = tuple((name, value) for name, value in headers if name not in ("cache-control", "cache-tag"))
    return (*kept, ("cache-control", "private, no-store"))


def is_unchanged(visit: Visit, rendered: Rendered, coding: str) -> bool:
    """Say whether the visitor has exactly this."""
    return rendered.status == 200 and wire.is_known(visit.known_etags, rendered.etag, coding)


async def send_304(send: Send, rendered: Rendered, coding: str, more: Beside) -> None:
    """Answer that nothing changed, with `more` for this client alone."""
    again = [(n.encode(), v.encode("latin-1")) for n, v in rendered.headers if n in wire.TOLD_AGAIN]
    await _send(send, 304, [*again, (b"etag", wire.etag_of(rendered.etag, coding)), *more])


async def send_body(send: Send, rendered: Rendered, coding: str, body: bytes, more: Beside) -> None:
    """Send a page whose body is in this coding, with `more` for this client alone."""
    headers = [(n.encode(), v.encode("latin-1")) for n, v in rendered.headers]
    coded = [] if coding == encodings.IDENTITY else [(b"content-encoding", coding.encode())]
    headers += [(b"etag", wire.etag_of(rendered.etag, coding)), *coded, (b"content-length", str(len(body)).encode())]
    await _send(send, rendered.status, [*headers, *more], body)


async def send_answer(send: Send, answer: Answer, file: Sendable | None, *, known: bytes = b"") -> None:
    """Send what Django answered, or the file that it handed over, or 304 if its ETag is among the `known`; closes both."""
    try:
        if _is_known(answer, known):
            await _send(send, 304, [(name, value) for name, value in answer.headers if name not in _OF_BODY])
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        async for piece in _pieces_of(file) if file is not None else answer.pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        answer.body.close()
        if file is not None:
            os.close(file.file)


def _is_known(answer: Answer, known: bytes) -> bool:
    etag = next((value for name, value in answer.headers if name == b"etag"), b"")
    return answer.status == 200 and known != b"" and etag != b"" and (etag in known or known.strip() == b"*")


async def _pieces_of(file: Sendable) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    offset, left = file.offset, file.length
    while left > 0:
        piece = await loop.run_in_executor(None, os.pread, file.file, min(PIECE, left), offset)
        if not piece:
            return
        offset, left = offset + len(piece), left - len(piece)
        yield piece


async def _send(send: Send, status: int, headers: Beside, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def refuse(send: Send, receive: Receive, status: int, why: str) -> None:
    """Answer that a body is not taken, and close the connection once its rest has arrived, or soon.

    Were it closed at once, what the client still sends would be answered by a reset, which may overtake the answer.
    """
    text = f"{why}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    headers += [(b"connection", b"close")] + ([(b"retry-after", b"30")] if status == 503 else [])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text, "more_body": True})
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(_pass_over(receive), LINGER)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pass_over(receive: Receive) -> None:
    while (message := await receive())["type"] != "http.disconnect" and message.get("more_body", False):
        pass
