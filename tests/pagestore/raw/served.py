"""The same pair on real sockets, each in a thread with an event loop of its own."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from masthead.pagestore.sweeping import Sweeper, Times
from tests.pagestore.raw.pair import Pair, normal

DEADLINE = 20.0  # seconds


_DATE = re.compile(rb"date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n")


def without_date(sent: bytes) -> bytes:
    """Return answers without the moment."""
    return _DATE.sub(b"", sent)


class Swept(uvicorn.Server):
    """A server whose connections are swept ten times a second, if they are ours."""

    def __init__(self, config: uvicorn.Config, sweeper: Sweeper | None) -> None:
        super().__init__(config)
        self._sweeper = sweeper

    async def on_tick(self, counter: int) -> bool:
        """Sweep, too."""
        if self._sweeper is not None:
            self._sweeper.sweep(cast(Any, self.server_state.connections))
        return await super().on_tick(counter)


@contextmanager
def served(pair: Pair, *, is_ours: bool, most: int = 1_000, times: Times | None = None) -> Iterator[int]:
    """Serve one of the two on a socket; give its port."""
    side = pair.ours if is_ours else pair.stock
    protocol = cast(type[HttpToolsProtocol], side.make)
    config = uvicorn.Config(
        side.config.app, http=protocol, ws="none", lifespan="off", access_log=False, server_header=False, log_level="critical", timeout_graceful_shutdown=2
    )  # fmt: skip
    server = Swept(config, Sweeper(most=most, times=times or Times()) if is_ours else None)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(DEADLINE)
            assert not thread.is_alive()


def exchange(port: int, pieces: Iterable[bytes], *, length: int, ends: bool) -> tuple[bytes, bool]:
    """Send pieces apart from each other and read until so many bytes came, and the end if one is expected."""
    with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for place, piece in enumerate(pieces):
            if place:
                time.sleep(0.002)
            with contextlib.suppress(ConnectionError):  # it was refused already
                client.sendall(piece)
        read, is_over = bytearray(), False
        while not is_over and (ends or len(read) < length):
            try:
                piece = client.recv(65536)
            except ConnectionError:
                piece = b""
            read += piece
            is_over = not piece
        return normal(without_date(bytes(read))), is_over
