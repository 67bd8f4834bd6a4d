"""Bodies on their way: what a client sends is read whole before Django is asked, and what Django answers before it is sent.

So no thread of Django's ever waits for a client, however slow it is.
"""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, Final

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ANSWER_IN_MEMORY: Final = 1024 * 1024  # bytes of one answer; the rest waits in a temporary file
ARRIVING_IN_MEMORY: Final = 64 * 1024  # bytes of one body that arrives: thousands may do so at once, and slowly
PIECE: Final = 256 * 1024  # bytes


class TooLarge(Exception):
    """A body is larger than is taken."""


class Full(Exception):
    """There is no room for a body now."""


class Gone(Exception):
    """The client went away before it had sent its body."""


class Room:
    """The disk that bodies which arrive may take together, in a folder; those of a common form never touch it."""

    def __init__(self, folder: Path, *, most: int) -> None:
        """Let bodies take `most` bytes of the disk that `folder` is on."""
        self.folder, self.taken, self._most = str(folder), 0, most

    def take(self, size: int) -> None:
        """Take room for so many bytes; raises Full."""
        if self.taken + size > self._most:
            raise Full
        self.taken += size

    def give_back(self, size: int) -> None:
        """Give room back."""
        self.taken -= size


class Body:
    """Bytes that arrive in pieces and are read from the beginning once they are all there."""

    def __init__(self, room: Room | None = None) -> None:
        """Wait in memory and, beyond a part, in `room`; without one, where the system keeps temporary files."""
        self._in_memory = ARRIVING_IN_MEMORY if room else ANSWER_IN_MEMORY
        # Closed by `close`; it has no name, so that nothing is left of it should this process be killed.
        self._file = tempfile.SpooledTemporaryFile(self._in_memory, dir=room.folder if room else None)  # noqa: SIM115
        self._room, self._taken = room, 0
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece; raises Full where there is no room for it."""
        self.size += len(piece)
        if self._room is not None and self.size > self._in_memory:
            self._room.take(self.size - self._taken)
            self._taken = self.size
        try:
            self._file.write(piece)
        except OSError as error:
            raise Full from error

    def rewind(self) -> None:
        """Read from the beginning."""
        self._file.seek(0)

    def read(self) -> bytes:
        """Return the next piece; empty at the end."""
        return self._file.read(PIECE)

    def close(self) -> None:
        """Give the memory or the file back."""
        self._file.close()
        if self._room is not None:
            self._room.give_back(self._taken)
            self._taken = 0


async def taken_in(receive: Receive, *, most: int, room: Room) -> Body:
    """Read what the client sends; raises TooLarge beyond `most` bytes, Full, and Gone if it went away."""
    body = Body(room)
    try:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            body.write(message.get("body", b""))
            if body.size > most:
                raise TooLarge
            if not message.get("more_body", False):
                body.rewind()
                return body
    except BaseException:
        body.close()
        raise


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
