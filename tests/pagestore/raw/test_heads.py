"""Request lines beyond 8 KB, headers beyond 32 KB: refused with the status that says so, in whatever pieces they arrive (CHECKS.md 140)."""

import asyncio
from pathlib import Path

import pytest

from masthead.pagestore.arriving import LARGEST_HEAD, LONGEST_TARGET, SLICE
from tests.pagestore.raw.cases import HIT, get, post
from tests.pagestore.raw.pair import Pair, cut, make_pair, speak

LONG = b"/" + b"a" * (LONGEST_TARGET - 1)
HALF = LARGEST_HEAD // 2
REFUSED: dict[str, tuple[bytes, bytes]] = {
    "a long address": (get(LONG + b"a"), b"414"),
    "a very long address": (get(LONG * 10), b"414"),
    "a long query": (get(b"/?" + LONG), b"414"),
    "a header that is too large": (get(b"/", b"X: " + b"y" * LARGEST_HEAD), b"431"),
    "a header that is much too large": (get(b"/", b"X: " + b"y" * 20 * LARGEST_HEAD), b"431"),
    "a header with a name that is too large": (get(b"/", b"X" * LARGEST_HEAD + b": y"), b"431"),
    "two large headers": (get(b"/", b"X: " + b"y" * HALF, b"Z: " + b"y" * HALF), b"431"),
    "a flood of headers": (get(b"/", *(b"X-%d: y" % number for number in range(4_000))), b"431"),
    "a flood of headers without end": (get(b"/", *(b"X: y",) * 20_000)[:-2], b"431"),
    "a huge cookie": (get(b"/", b"Cookie: a=" + b"b" * LARGEST_HEAD), b"431"),
    "many cookies": (get(b"/", b"Cookie: " + b"; ".join(b"c%d=1" % number for number in range(6_000))), b"431"),
    "a large header of a form": (post(b"X: " + b"y" * LARGEST_HEAD, b"Content-Length: 5", body=b"hello"), b"431"),
}  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return make_pair(tmp_path)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("before", [b"", HIT], ids=["alone", "behind a kept page"])
def test_what_is_too_large_is_refused(pair: Pair, name: str, before: bytes) -> None:
    request, status = REFUSED[name]

    async def ask() -> None:
        front = (await speak(pair.ours, [before]))[0] if before else b""
        ways = [[before + request], cut(before + request, range(0, len(request), 999)), [before, request]]
        ways.append(cut(before + request, range(0, len(request), SLICE)))
        for pieces in ways:
            answered, ended = await speak(pair.ours, list(filter(None, pieces)))
            assert ended and answered.startswith(front + b"HTTP/1.1 " + status), answered[-200:]
            assert answered.count(b"HTTP/1.1") == (2 if before else 1)

    asyncio.run(ask())


@pytest.mark.parametrize(
    "request_",
    [
        get(LONG),
        get(b"/?" + LONG[2:]),
        get(b"/", b"X: " + b"y" * (LARGEST_HEAD - 100)),
        get(b"/", *(b"X-%04d: y" % number for number in range(2_500))),
        post(b"Content-Length: 90000", body=b"x" * 90_000) + get(b"/", b"X: " + b"y" * (LARGEST_HEAD - 100)),
    ],
    ids=["address", "query", "header", "headers", "behind a large body"],
)
def test_what_just_fits_is_taken(pair: Pair, request_: bytes) -> None:
    async def ask() -> None:
        expected = await speak(pair.stock, [request_])
        assert b"HTTP/1.1 200 OK" in expected[0] and not expected[1]
        for step in (len(request_), 5_000, SLICE, SLICE + 1):
            assert await speak(pair.ours, cut(request_, range(0, len(request_), step))) == expected

    asyncio.run(ask())


def test_headers_count_for_their_own_request_alone(pair: Pair) -> None:
    """An upload, and then headers that arrive in two packets: the upload's bytes are not theirs."""
    upload = post(b"Content-Length: 200000", body=b"x" * 200_000)

    async def ask() -> tuple[bytes, bool]:
        return await speak(pair.ours, [upload + HIT[:20], HIT[20:25], HIT[25:]])

    answered, ended = asyncio.run(ask())
    assert answered.endswith(b"<p>The front page</p>") and not ended
