"""Requests that are sent without waiting are answered in their order, each with its own answer, however they are cut."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.pagestore.protocol import PageProtocol
from tests.pagestore.raw.cases import MEMBER, get, post
from tests.pagestore.raw.pair import Pair, cut, make_pair, normal, settle, speak

KINDS = {
    "front": get(b"/"),
    "short": get(b"/short/"),
    "br": get(b"/", b"Accept-Encoding: br"),
    "of members": get(b"/", MEMBER),
    "known": get(b"/", b"If-None-Match: *"),
    "head": get(b"/", method=b"HEAD"),
    "large": get(b"/large/"),
    "form": post(b"Content-Length: 5", body=b"hello"),
    "chunks": post(b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n"),
    "get with a body": get(b"/", b"Content-Length: 5", body=b"hello"),
    "java": post(b"Connection: Upgrade", b"Upgrade: h2c", b"Content-Length: 5", body=b"hello"),
    "empty line": b"\r\n",
}
WISH = b"Connection: Upgrade\r\nUpgrade: h2c\r\n"
NUMBERED = "not kept"  # each of its own path
PIPELINES = st.lists(st.sampled_from([*KINDS, NUMBERED, NUMBERED, "front"]), min_size=1, max_size=12)
CUTS = st.lists(st.integers(0, 5_000), max_size=8)


def requests_of(kinds: list[str]) -> list[bytes]:
    """Return the requests; those that are not kept name their place."""
    return [KINDS.get(kind) or get(b"/else/%d/" % place) for place, kind in enumerate(kinds)]


async def one_by_one(pair: Pair, requests: list[bytes]) -> bytes:
    """Return what stock uvicorn answers to each on a connection of its own, without the wish for another protocol."""
    plain = [request.replace(WISH, b"") for request in requests]
    return b"".join([(await speak(pair.stock, [request]))[0] for request in plain])


async def at_once(pair: Pair, requests: list[bytes], cuts: list[int]) -> bytes:
    """Return what ours answers to all of them on one connection, sent without waiting."""
    protocol, wire = pair.ours.connect()
    for piece in cut(b"".join(requests), cuts):
        protocol.data_received(piece)
        await asyncio.sleep(0)
    for _ in requests:
        await settle()
    assert not wire.is_closed and not wire.is_reading_paused
    protocol.connection_lost(None)
    return normal(bytes(wire.sent))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return make_pair(tmp_path_factory.mktemp("pipelines"))


@settings(max_examples=150, deadline=None)
@given(kinds=PIPELINES, cuts=CUTS)
def test_every_request_has_its_own_answer_in_its_turn(pair: Pair, kinds: list[str], cuts: list[int]) -> None:
    ours, stock = asyncio.run(both(pair, requests_of(kinds), cuts))
    assert ours == stock


async def both(pair: Pair, requests: list[bytes], cuts: list[int]) -> tuple[bytes, bytes]:
    """Return what ours answers at once, and what stock answers one by one."""
    return await at_once(pair, requests, cuts), await one_by_one(pair, requests)


class Eager(PageProtocol):
    """Answers a kept page at once, though what came before it is not answered."""

    def _may_answer(self) -> bool:
        return True


def test_answers_out_of_turn_are_found(tmp_path: Path) -> None:
    pair = make_pair(tmp_path, Eager)
    requests = requests_of([NUMBERED, "front"])
    ours, stock = asyncio.run(both(pair, requests, []))
    assert ours != stock and sorted(ours) == sorted(stock)


def test_a_body_behind_a_wish_for_another_protocol_is_read(pair: Pair) -> None:
    async def ask() -> tuple[list[bytes], bytes]:
        ours = [
            await at_once(pair, [KINDS["java"], KINDS["front"]], [place]) for place in range(len(KINDS["java"]) + 5)
        ]
        return ours, (await speak(pair.stock, [KINDS["java"] + KINDS["front"]]))[0]

    ours, stock = asyncio.run(ask())
    assert len(set(ours)) == 1 and b"b'hello'" in ours[0] and b"The front page" in ours[0]
    assert (
        b"b'hello'" not in stock and b"The front page" not in stock
    )  # its issue 2722; once mended, upgrades.py may go
