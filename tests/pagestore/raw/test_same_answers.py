"""Our server answers the same bytes as stock uvicorn with the same application, in whatever pieces a request arrives (CHECKS.md 143)."""

import asyncio
import random
from pathlib import Path

import pytest

from masthead.pagestore.protocol import PageProtocol
from masthead.pagestore.visit import Visit
from tests.pagestore.raw.cases import CASES, HIT, MEMBER, MISS, OTHERWISE, get
from tests.pagestore.raw.pair import Pair, Side, cut, make_pair, settle, speak, splits

SHORT = get(b"/short/")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return make_pair(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_both_answer_the_same(pair: Pair, name: str) -> None:
    request = CASES[name]

    async def both() -> None:
        whole = await speak(pair.stock, [request])
        assert await speak(pair.ours, [request]) == whole
        assert await speak(pair.ours, [request]) == whole  # now the headers are known
        for pieces in splits(request):
            assert await speak(pair.ours, pieces) == await speak(pair.stock, pieces), pieces
        each = [request[place : place + 1] for place in range(len(request))]
        assert await speak(pair.ours, each) == await speak(pair.stock, each)
        chance = random.Random(name)
        for _ in range(5):
            pieces = cut(request, [chance.randrange(len(request)) for _ in range(chance.randrange(2, 6))])
            assert await speak(pair.ours, pieces) == await speak(pair.stock, pieces), pieces

    asyncio.run(both())


@pytest.mark.parametrize("name", CASES)
def test_both_answer_the_same_behind_kept_pages(pair: Pair, name: str) -> None:
    request = CASES[name]

    async def both() -> None:
        expected = await speak(pair.stock, [SHORT, HIT, request])
        assert await speak(pair.ours, [SHORT, HIT, request]) == expected
        assert await speak(pair.ours, [SHORT, HIT, request]) == expected
        assert await speak(pair.ours, [SHORT + HIT + request]) == expected
        chance = random.Random(name)
        for _ in range(5):
            pieces = cut(SHORT + HIT + request, [chance.randrange(9999) for _ in range(3)])
            assert await speak(pair.ours, pieces) == expected, pieces

    asyncio.run(both())


@pytest.mark.parametrize("name", OTHERWISE)
def test_where_stock_is_wrong_each_request_is_answered_as_if_it_came_alone(pair: Pair, name: str) -> None:
    request, one_by_one = OTHERWISE[name]

    async def both() -> None:
        expected = await speak(pair.stock, one_by_one)
        assert await speak(pair.stock, [request]) != expected
        assert await speak(pair.ours, [request]) == expected
        assert await speak(pair.ours, [HIT, request]) == await speak(pair.stock, [HIT, *one_by_one])

    asyncio.run(both())


# -- what the suite would find


class Eager(PageProtocol):
    """Answers a kept page at once, though what came before it is not answered."""

    def _may_answer(self) -> bool:
        return True


class Bodiless(PageProtocol):
    """Answers a kept page without a look at the end of its headers."""

    def _remember(self, chunk: bytes, visit: Visit) -> None:
        self.site.visits[chunk[chunk.find(b"\r\n") :][:26]] = visit

    def data_received(self, data: bytes) -> None:
        line = data.find(b"\r\n")
        known = self.site.visits.get(data[line:][:26])
        is_plain = known is not None and self._may_answer() and data[:4] == b"GET "
        if known is not None and is_plain and self._answered(data[4 : line - 9], known, begun=0):
            return
        super().data_received(data)


class Lasting(PageProtocol):
    """Keeps a connection open that was to be closed."""

    def _answered(
        self, raw_path: bytes, visit: Visit, *, is_head: bool = False, close: bool = False, begun: float
    ) -> bool:
        return super()._answered(raw_path, visit, is_head=is_head, begun=begun)


class Verbose(PageProtocol):
    """Sends a body behind the answer to HEAD."""

    def _answered(
        self, raw_path: bytes, visit: Visit, *, is_head: bool = False, close: bool = False, begun: float
    ) -> bool:
        return super()._answered(raw_path, visit, close=close, begun=begun)


@pytest.mark.parametrize("protocol", [Eager, Bodiless, Lasting, Verbose])
def test_a_protocol_that_is_wrong_is_found(tmp_path: Path, protocol: type[PageProtocol]) -> None:
    pair = make_pair(tmp_path, protocol)

    async def differences() -> list[str]:
        return [
            name
            for name, request in CASES.items()
            if await speak(pair.ours, [SHORT, HIT, request]) != await speak(pair.stock, [SHORT, HIT, request])
            or await speak(pair.ours, [request]) != await speak(pair.stock, [request])
        ]

    assert asyncio.run(differences())


def test_it_is_the_store_that_answers(pair: Pair) -> None:
    kept = [request for name, request in CASES.items() if name.startswith("a kept") and "not" not in name]
    assert len(kept) > 5
    assert all(asyncio.run(_without_application(pair.ours, request)) for request in kept)
    assert not asyncio.run(_without_application(pair.ours, MISS))
    assert not asyncio.run(_without_application(pair.stock, HIT))


async def _without_application(side: Side, request: bytes) -> bool:
    """Say whether a request is answered before the application is asked."""
    protocol, wire = side.connect()
    protocol.data_received(request)
    was_sent = bool(wire.sent)
    await settle()
    protocol.connection_lost(None)
    return was_sent


def test_headers_are_remembered_for_the_next_request_alone(pair: Pair) -> None:
    member = get(b"/", MEMBER)

    async def ask() -> list[bytes]:
        await speak(pair.ours, [member])
        assert len(pair.site.visits) == 1
        # Under another request line, with more behind them, for another method and version, and by nobody.
        return [(await speak(pair.ours, [request]))[0] for request in (SHORT, get(b"/short/", MEMBER), HIT, member)]

    short, of_member, front, again = asyncio.run(ask())
    assert b"<p>Short</p>" in short and b"<p>Short</p>" not in of_member  # it is kept for anyone, not for members
    assert b"of members" in again and b"of members" not in front
