"""Bodies on their way: what a client sends is read whole before Django is asked, and what Django answers before it is sent.

So no thread of Django's ever waits for a client, however slow it is.
"""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
IN_MEMORY = 1024 * 1024  # bytes of one body; the rest waits in a temporary file
PIECE = 256 * 1024  # bytes


class TooLarge(Exception):
    """A body is larger than is taken."""


class Gone(Exception):
    """The client went away before it had sent its body."""


class Body:
    """Bytes that arrive in pieces and are read from the beginning once they are all there."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by close)
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._file.write(piece)
        self.size += len(piece)

    def rewind(self) -> None:
        """Read from the beginning."""
        self._file.seek(0)

    def read(self) -> bytes:
        """Return the next piece; empty at the end."""
        return self._file.read(PIECE)

    def close(self) -> None:
        """Give the memory or the file back."""
        self._file.close()


async def taken_in(receive: Receive, *, most: int) -> Body:
    """Read what the client sends; raises TooLarge beyond `most` bytes, and Gone if it went away."""
    body = Body()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise Gone
        body.write(message.get("body", b""))
        if body.size > most:
            body.close()
            raise TooLarge
        if not message.get("more_body", False):
            body.rewind()
            return body


def receiving(body: Body | None) -> Receive:
    """Return what gives a body that is all there to an ASGI application."""
    is_over = False

    async def receive() -> Message:
        nonlocal is_over
        if is_over:
            return {"type": "http.disconnect"}
        piece = body.read() if body else b""
        is_over = not piece or body is None or len(piece) < PIECE
        return {"type": "http.request", "body": piece, "more_body": not is_over}

    return receive


class Answer:
    """What an ASGI application answered."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = Body()

    async def send(self, message: Message) -> None:
        """Take in a message of the application's."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body.write(message.get("body", b""))

    async def pieces(self) -> AsyncIterator[bytes]:
        """Return the body, piece by piece."""
        self.body.rewind()
        while piece := self.body.read():
            yield piece
