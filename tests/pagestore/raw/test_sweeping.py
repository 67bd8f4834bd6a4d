"""Slow and idle connections are closed, and no others (CHECKS.md 119, 140). The clock stands still but for what a test says."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import pytest

from masthead.pagestore.arriving import ArrivingProtocol
from masthead.pagestore.protocol import PageProtocol
from masthead.pagestore.sweeping import Sweeper, Times
from tests.pagestore.raw.cases import HIT, MISS, get, post
from tests.pagestore.raw.pair import Pair, Wire, make_pair, settle

TIMES = Times()
FORM = post(b"Content-Length: 100000")


class Clock:
    """Time, as long as a test says."""

    def __init__(self) -> None:
        self.now = time.monotonic()

    def __call__(self) -> float:
        return self.now


class Crowd:
    """Connections to our server, and what sweeps them."""

    def __init__(self, pair: Pair, clock: Clock, *, most: int = 1_000) -> None:
        self._pair, self._clock = pair, clock
        self._sweeper = Sweeper(most=most)
        self.state = pair.ours.state

    def open(self, sent: bytes = b"") -> tuple[PageProtocol, Wire]:
        """Open a connection and send something."""
        protocol, wire = self._pair.ours.connect()
        if sent:
            protocol.data_received(sent)
        return cast(PageProtocol, protocol), wire

    def wait(self, seconds: float, *, between: Callable[[], object] = lambda: None) -> None:
        """Let time pass, with a sweep each second; `between` is called each second, too."""
        for _ in range(int(seconds)):
            self._clock.now += 1
            between()
            self._sweeper.sweep(cast(Any, self.state.connections))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("time.monotonic", made)
    return made


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return make_pair(tmp_path)


def run(act: Coroutine[Any, Any, None]) -> None:
    """Run a test in an event loop whose own clock does not matter."""
    asyncio.run(act)


def test_headers_that_do_not_end_are_refused(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        protocol, wire = crowd.open(b"GET / HTTP/1.1\r\nHost: paper.example\r\n")
        crowd.wait(TIMES.head, between=lambda: protocol.data_received(b"X: y\r\n"))
        assert not wire.is_closing()
        crowd.wait(1)
        assert wire.is_closing() and wire.sent.startswith(b"HTTP/1.1 408 Request Timeout\r\n")

    run(act())


def test_one_byte_is_the_beginning_of_a_request(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, wire = crowd.open(HIT + b"G")
        crowd.wait(TIMES.head + 1)
        assert wire.is_closing() and b"HTTP/1.1 408" in wire.sent

    run(act())


def test_a_body_of_a_byte_a_second_is_refused(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        protocol, wire = crowd.open(FORM)
        await settle()
        crowd.wait(TIMES.body, between=lambda: protocol.data_received(b"x"))
        assert not wire.is_closing()
        crowd.wait(1, between=lambda: protocol.data_received(b"x"))
        assert wire.is_closing()

    run(act())


def test_a_body_over_a_poor_line_is_taken(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        protocol, wire = crowd.open(FORM)
        crowd.wait(99, between=lambda: protocol.data_received(b"x" * 1_000))
        assert not wire.is_closing()
        protocol.data_received(b"x" * 1_000)
        for _ in range(10):
            await settle()
        assert wire.sent.startswith(b"HTTP/1.1 200 OK")

    run(act())


def test_a_body_that_waits_for_its_turn_is_not_slow(pair: Pair, clock: Clock) -> None:
    """What stands before it is answered slowly, and meanwhile nothing is read."""

    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, wire = crowd.open(MISS + FORM)  # the event loop has no turn: the first is not answered
        crowd.wait(TIMES.body + 10)
        assert not wire.is_closing()

    run(act())


def test_a_client_that_takes_nothing_is_cut_off(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, wire = crowd.open()
        wire.is_full = True
        cast(PageProtocol, wire.protocol).data_received(get(b"/large/"))
        crowd.wait(TIMES.taking + 1)
        assert not wire.is_closing()
        crowd.wait(1)
        assert wire.is_closing()

    run(act())


@pytest.mark.parametrize(("taken", "is_closed"), [(10, True), (2_000, False)])
def test_a_client_that_takes_some_is_judged_by_how_much(pair: Pair, clock: Clock, taken: int, is_closed: bool) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, wire = crowd.open()
        wire.is_full = True
        cast(PageProtocol, wire.protocol).data_received(get(b"/large/"))

        def take() -> None:
            wire.waiting -= taken

        crowd.wait(50, between=take)
        assert wire.is_closing() is is_closed

    run(act())


def test_connections_at_rest_end_after_a_while(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, silent = crowd.open()
        _, reading = crowd.open(HIT)
        protocol, busy = crowd.open(HIT)
        empty, lines = crowd.open(HIT)

        def be_busy() -> None:
            protocol.data_received(HIT)
            empty.data_received(b"\r\n")

        crowd.wait(TIMES.at_rest, between=be_busy)
        assert not silent.is_closing() and not reading.is_closing()
        crowd.wait(1)
        assert silent.is_closing() and reading.is_closing() and not busy.is_closing()
        assert lines.is_closing()  # empty lines are no request

    run(act())


def test_beyond_the_limit_those_go_that_rest_longest(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock, most=100)
        resting = []
        for _ in range(120):
            resting.append(crowd.open(HIT)[1])
            clock.now += 0.01
        running = [crowd.open(MISS)[1] for _ in range(30)]
        crowd.wait(1)
        assert [wire.is_closing() for wire in resting] == [True] * 50 + [False] * 70
        assert not any(wire.is_closing() for wire in running)

    run(act())


def test_then_those_that_sent_no_whole_request(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock, most=40)
        beginning = []
        for _ in range(50):
            beginning.append(crowd.open(b"GET /")[1])
            clock.now += 0.01
        _, resting = crowd.open(HIT)
        _, running = crowd.open(MISS)
        crowd.wait(1)
        assert resting.is_closing() and not running.is_closing()
        assert [wire.is_closing() for wire in beginning] == [True] * 11 + [False] * 39

    run(act())


def test_a_server_that_stops_answers_what_is_on_its_way(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        clock.now += 30
        opened = [crowd.open(HIT) for _ in range(4)]
        clock.now += 30
        for protocol, _ in opened:
            protocol.shutdown()
        (kept, first), (slow, second), (begun, third), (_, fourth) = opened
        begun.data_received(MISS[:9])
        crowd.wait(0)
        kept.data_received(HIT)
        slow.data_received(MISS)
        begun.data_received(MISS[9:])
        await settle()
        for wire in (first, second, third):
            assert (
                wire.is_closing()
                and wire.sent.count(b"HTTP/1.1 200 OK") == 2
                and wire.sent.count(b"connection: close") == 1
            )
        assert not fourth.is_closing()
        crowd.wait(TIMES.linger + 1)
        assert fourth.is_closing()

    run(act())


def test_what_runs_when_a_server_stops_is_finished(pair: Pair, clock: Clock) -> None:
    async def act() -> None:
        crowd = Crowd(pair, clock)
        protocol, wire = crowd.open(MISS)
        protocol.shutdown()
        crowd.wait(5)
        assert not wire.is_closing()
        await settle()
        assert wire.is_closing() and wire.sent.startswith(b"HTTP/1.1 200 OK") and b"connection: close" in wire.sent

    run(act())


def test_a_sweeper_without_eyes_would_be_found(pair: Pair, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ArrivingProtocol, "is_at_rest", lambda self: True)

    async def act() -> None:
        crowd = Crowd(pair, clock)
        _, wire = crowd.open(b"GET /")
        crowd.wait(TIMES.head + 1)
        assert not wire.is_closing()

    run(act())
