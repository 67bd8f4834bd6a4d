"""A client that sends and does not take its answers holds little of our memory, and loses nothing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pagestore.raw.cases import HIT, get, post
from tests.pagestore.raw.pair import Pair, Side, Wire, make_pair, settle

LARGE = get(b"/large/")
MANY = 3_000
CHUNK = 256 * 1024  # bytes that one reading of a socket brings at most
HIGH_WATER = 65_536  # bytes, of uvloop's and asyncio's transports
BODY = 128_000  # bytes of /large/


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return make_pair(tmp_path)


def chunks(sent: bytes) -> Iterator[bytes]:
    """Return what is sent as a socket brings it."""
    return (sent[start : start + CHUNK] for start in range(0, len(sent), CHUNK))


async def _take_nothing(side: Side, sent: bytes) -> tuple[Wire, int]:
    """Send without taking anything, for as long as the server reads; return the wire and how many chunks were read."""
    protocol, wire = side.connect()
    wire.is_full = True
    read = 0
    for chunk in chunks(sent):
        if wire.is_reading_paused:
            break
        protocol.data_received(chunk)
        read += 1
        await settle()
    return wire, read


async def _leave(wire: Wire) -> int:
    """Let the client go; return how many requests waited for their turn."""
    assert wire.protocol is not None
    waited = len(wire.protocol.pipeline)
    wire.is_closed = True
    wire.protocol.connection_lost(None)
    await settle()
    return waited


@pytest.mark.parametrize("request_", [LARGE, HIT, get(b"/else/"), get(b"/large/", b"Accept-Encoding: br")])
def test_who_takes_nothing_is_read_no_further(pair: Pair, request_: bytes) -> None:
    async def flood() -> tuple[Wire, int, int]:
        wire, read = await _take_nothing(pair.ours, request_ * 40_000)
        return wire, read, await _leave(wire)

    wire, read, queued = asyncio.run(flood())
    assert wire.is_reading_paused and read <= 2
    assert wire.waiting <= HIGH_WATER + 2 * BODY
    assert queued < 1_000  # what one slice holds


def test_stock_uvicorn_would_take_in_all_of_it(pair: Pair) -> None:
    async def queued() -> int:
        wire, _ = await _take_nothing(pair.stock, get(b"/else/") * 40_000)
        return await _leave(wire)

    assert asyncio.run(queued()) > 4_000


@pytest.mark.parametrize("kinds", [[LARGE], [HIT, get(b"/else/")], [LARGE, post(b"Content-Length: 5", body=b"hello")]])
def test_what_was_held_is_answered_once_it_is_taken(pair: Pair, kinds: list[bytes]) -> None:
    sent = b"".join(kinds) * (MANY // len(kinds))

    async def take_slowly() -> bytes:
        protocol, wire = pair.ours.connect()
        wire.is_full = True
        for chunk in chunks(sent):
            protocol.data_received(chunk)
        taken = bytearray()
        for _ in range(10 * MANY):
            await settle()
            if not wire.sent:
                break
            taken += wire.sent
            wire.sent.clear()
            wire.take_all()
        assert not wire.is_reading_paused and protocol.is_at_rest()  # type: ignore[attr-defined]
        return bytes(taken)

    answered = asyncio.run(take_slowly())
    assert answered.count(b"HTTP/1.1 200 OK\r\n") == MANY // len(kinds) * len(kinds)


def test_a_body_that_is_larger_than_a_slice_is_read_whole(pair: Pair) -> None:
    sent = post(b"Content-Length: 900000", body=b"x" * 900_000) + HIT

    async def ask() -> bytes:
        protocol, wire = pair.ours.connect()
        for chunk in chunks(sent):
            protocol.data_received(chunk)
            for _ in range(60):
                await settle()
            assert not wire.is_reading_paused
        return bytes(wire.sent)

    answered = asyncio.run(ask())
    assert answered.count(b"x" * 900_000) == 1 and answered.endswith(b"<p>The front page</p>")


def test_what_was_held_goes_with_the_connection(pair: Pair) -> None:
    async def leave() -> None:
        wire, _ = await _take_nothing(pair.ours, LARGE * 40_000)
        before = len(wire.sent)
        await _leave(wire)
        assert len(wire.sent) == before and wire.protocol._held == b""  # type: ignore[union-attr]

    asyncio.run(leave())
