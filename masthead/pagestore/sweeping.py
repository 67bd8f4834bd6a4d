"""Sweeping: once a second, connections that hold a place without using it are closed."""

import time
from collections.abc import Iterable

from masthead.pagestore.protocol import PageProtocol

HEAD_TIME = 10.0  # seconds from the first byte of a request to the end of its headers
BODY_TIME = 20.0  # seconds after which a body must have arrived at SLOWEST on average
SLOWEST = 500.0  # bytes a second
AT_REST = 65.0  # seconds that a connection may wait for its next request; proxies in front keep theirs for 60
STALLED = 30.0  # seconds during which a client takes nothing of what is sent
LINGER = 1.0  # seconds that a connection at rest is left open when the worker stops


class Sweeper:
    """Watches the connections of a worker; `most` is how many it may have before those at rest are closed."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._waiting: dict[PageProtocol, tuple[int, float]] = {}  # bytes that wait to be taken, and since when

    def sweep(self, connections: Iterable[PageProtocol]) -> None:
        """Close what is too slow, and beyond the limit what rests longest."""
        now = time.monotonic()
        waiting: dict[PageProtocol, tuple[int, float]] = {}
        resting = []
        for connection in list(connections):
            if (size := connection.transport.get_write_buffer_size()) > 0:
                self._watch(connection, size, now, waiting)
            elif connection.is_at_rest():
                resting.append(connection)
            elif not connection.has_head:
                if now - connection.since > HEAD_TIME:
                    connection.refuse(408)
            elif connection.is_body_slow(now - connection.since, BODY_TIME, SLOWEST):
                connection.refuse(408)
        self._waiting = waiting
        self._close_resting(resting, now)

    def _watch(
        self, connection: PageProtocol, size: int, now: float, waiting: dict[PageProtocol, tuple[int, float]]
    ) -> None:
        before, since = self._waiting.get(connection, (0, now))
        if size != before:
            since = now
        elif now - since > STALLED:
            connection.transport.abort()
            return
        waiting[connection] = (size, since)

    def _close_resting(self, resting: list[PageProtocol], now: float) -> None:
        resting.sort(key=lambda connection: connection.since)
        surplus = len(resting) + len(self._waiting) - self._most
        for place, connection in enumerate(resting):
            limit = LINGER if connection.is_stopping else AT_REST
            if place < surplus or now - connection.since > limit:
                connection.transport.close()
