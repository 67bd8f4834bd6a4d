"""Sweeping: once a second, connections that hold a place without using it are closed."""

import contextlib
import fcntl
import struct
import termios
import time
from collections.abc import Iterable
from dataclasses import dataclass

from masthead.pagestore.protocol import PageProtocol


@dataclass(frozen=True, slots=True)
class Times:
    """How long a client may take, in seconds; `slowest` is in bytes a second."""

    head: float = 10.0  # from the first byte of a request to the end of its headers
    body: float = 20.0  # after which a body must have arrived at `slowest` on average
    taking: float = 30.0  # in which what is sent must be taken at `slowest` on average
    slowest: float = 500.0
    at_rest: float = 65.0  # until the next request; proxies in front keep their connections for 60
    linger: float = 1.0  # that a connection at rest is left open when the worker stops


DEFAULT = Times()


class Sweeper:
    """Watches the connections of a worker; `most` is how many it may have before those that do least are closed."""

    def __init__(self, *, most: int, times: Times = DEFAULT) -> None:
        self._most, self._times = most, times
        self._waiting: dict[PageProtocol, tuple[int, float]] = {}  # bytes that wait to be taken, and since when

    def sweep(self, connections: Iterable[PageProtocol]) -> None:
        """Close what is too slow; beyond the limit also what rests longest, and then what has sent no whole request."""
        now = time.monotonic()
        before, self._waiting = self._waiting, {}
        resting, beginning, count = [], [], 0
        for connection in list(connections):
            if connection.transport.is_closing() and connection.transport.get_write_buffer_size() == 0:
                continue
            count += 1
            if connection.transport.get_write_buffer_size() > 0:
                self._watch(connection, before.get(connection), now)
            elif connection.is_at_rest():
                resting.append(connection)
            elif not connection.has_head:
                beginning.append(connection)
            elif connection.is_body_slow(now - connection.since, self._times.body, self._times.slowest):
                connection.refuse(408)
        surplus = count - self._most
        self._close_resting(resting, surplus, now)
        self._close_beginning(beginning, surplus - len(resting), now)

    def _watch(self, connection: PageProtocol, before: tuple[int, float] | None, now: float) -> None:
        """Cut a client off that takes too little of what is sent; more was sent if there is more to take than before."""
        left = untaken(connection)
        at_first, since = before or (left, now)
        if left > at_first:
            at_first, since = left, now
        elif now - since > self._times.taking:
            if at_first - left < self._times.slowest * self._times.taking:
                connection.transport.abort()
                return
            at_first, since = left, now
        self._waiting[connection] = (at_first, since)

    def _close_resting(self, resting: list[PageProtocol], surplus: int, now: float) -> None:
        resting.sort(key=lambda connection: connection.since)
        for place, connection in enumerate(resting):
            limit = self._times.linger if connection.is_stopping else self._times.at_rest
            if place < surplus or now - connection.since > limit:
                connection.transport.close()

    def _close_beginning(self, beginning: list[PageProtocol], surplus: int, now: float) -> None:
        beginning.sort(key=lambda connection: connection.since)
        for place, connection in enumerate(beginning):
            if place < surplus or now - connection.since > self._times.head:
                connection.refuse(408)


def untaken(connection: PageProtocol) -> int:
    """Return how many bytes the client has not taken: those in our memory, and those in the kernel's where it tells (Linux)."""
    size = connection.transport.get_write_buffer_size()
    socket = connection.transport.get_extra_info("socket")
    if socket is not None and hasattr(termios, "TIOCOUTQ"):
        with contextlib.suppress(OSError, ValueError):
            size += struct.unpack("i", fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4)))[0]
    return size
