"""Sending what is kept, and files, through ASGI."""

import asyncio
import os
from collections.abc import AsyncIterator

from masthead.pagestore import encodings, wire
from masthead.pagestore.asked import Sendable
from masthead.pagestore.bodies import PIECE, Send
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.visit import Visit

Header = tuple[bytes, bytes]


def is_unchanged(visit: Visit, rendered: Rendered, coding: str) -> bool:
    """Say whether the visitor has exactly this."""
    return rendered.status == 200 and wire.is_known(visit.known_etags, rendered.etag, coding)


async def send_304(send: Send, rendered: Rendered, coding: str, beside: list[Header]) -> None:
    """Answer that nothing changed, with `beside` for this client alone."""
    again = [(n.encode(), v.encode("latin-1")) for n, v in rendered.headers if n in wire.TOLD_AGAIN]
    await send_whole(send, 304, [*again, (b"etag", wire.etag_of(rendered.etag, coding)), *beside])


async def send_body(send: Send, rendered: Rendered, coding: str, body: bytes, beside: list[Header]) -> None:
    """Send a page whose body is in this coding, with `beside` for this client alone."""
    headers = [(n.encode(), v.encode("latin-1")) for n, v in rendered.headers]
    coded = [] if coding == encodings.IDENTITY else [(b"content-encoding", coding.encode())]
    etag = (b"etag", wire.etag_of(rendered.etag, coding))
    await send_whole(
        send, rendered.status, [*headers, etag, *coded, (b"content-length", str(len(body)).encode()), *beside], body
    )


async def pieces_of(file: Sendable) -> AsyncIterator[bytes]:
    """Read a stretch of a file, piece by piece; it ends early if the file was cut."""
    loop = asyncio.get_running_loop()
    offset, left = file.offset, file.length
    while left > 0:
        piece = await loop.run_in_executor(None, os.pread, file.file, min(PIECE, left), offset)
        if not piece:
            return
        offset, left = offset + len(piece), left - len(piece)
        yield piece


async def send_whole(send: Send, status: int, headers: list[Header], body: bytes = b"") -> None:
    """Send a response that is all there."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def refuse(send: Send, status: int, why: str) -> None:
    """Answer that a request is not taken, and close the connection."""
    text = f"{why}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send_whole(send, status, [*headers, (b"connection", b"close")], text)
