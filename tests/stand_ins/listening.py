"""A server on loopback that counts who calls and answers with whatever bytes a test says."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class Asked:
    """One request as it came over the line."""

    raw: bytes

    @property
    def line(self) -> str:
        return self.raw.split(b"\r\n", 1)[0].decode()

    @property
    def method(self) -> str:
        return self.line.split()[0]

    @property
    def path(self) -> str:
        return self.line.split()[1]

    @property
    def headers(self) -> dict[str, str]:
        head = self.raw.split(b"\r\n\r\n", 1)[0].decode("latin-1")
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}

    @property
    def body(self) -> bytes:
        return self.raw.split(b"\r\n\r\n", 1)[1]


Pieces = bytes | Iterator[bytes]


@dataclass
class Listener:
    """Listens until it is closed; `calls` counts the connections and `asked` holds the requests."""

    answer: Callable[[Asked], Pieces]
    port: int = 0
    calls: int = 0
    asked: list[Asked] = field(default_factory=list)
    took: Callable[[socket.socket], socket.socket] = lambda line: line

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.port}"

    def serve(self, server: socket.socket) -> None:
        """Take calls until the server is closed."""
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            self.calls += 1
            threading.Thread(target=self._talk, args=[line], daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError):  # the other side may hang up at any time
            line = self.took(line)
            asked = Asked(_read(line))
            self.asked.append(asked)
            pieces = self.answer(asked)
            for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                line.sendall(piece)
        with suppress(OSError):
            line.close()


def _read(line: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += _more(line)
    length = int(Asked(raw).headers.get("content-length", "0"))
    while len(Asked(raw).body) < length:
        raw += _more(line)
    return raw


def _more(line: socket.socket) -> bytes:
    if piece := line.recv(65536):
        return piece
    raise ConnectionError("hung up")


@contextmanager
def listening(
    answer: Callable[[Asked], Pieces], took: Callable[[socket.socket], socket.socket] = lambda line: line
) -> Iterator[Listener]:
    """Listen on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(answer, server.getsockname()[1], took=took)
        thread = threading.Thread(target=listener.serve, args=[server], daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join(5)


def said(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Write a whole answer; an underscore in a header's name stands for a hyphen."""
    lines = {"content_length": str(len(body)), "content_type": "text/plain"} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirecting(to: dict[str, str], status: str = "302 Found") -> Callable[[Asked], Pieces]:
    """Send these paths on; at any other one arrives."""

    def answer(asked: Asked) -> Pieces:
        if asked.path in to:
            return said(b"", status, location=to[asked.path])
        return said(b"arrived")

    return answer


def silent(asked: Asked) -> Iterator[bytes]:
    """Take the call and say nothing."""
    time.sleep(10)
    yield b""


def connected_to(monkeypatch: pytest.MonkeyPatch, port: int) -> list[Any]:
    """Lead every connection to a port of loopback, and list where each was meant to go."""
    meant: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        meant.append(address)
        real(self, ("127.0.0.1", port))

    monkeypatch.setattr(socket.socket, "connect", connect)
    return meant
