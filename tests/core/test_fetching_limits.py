"""How little is taken, and how soon it is given up (check 82)."""

import gzip
import itertools
import socket
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from masthead.core.fetching import NoAnswer, Unfit, fetch
from tests.stand_ins.listening import Asked, Pieces, listening, said, silent


def endless(asked: Asked) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    yield from itertools.repeat(b"x" * 65536)


def slow(asked: Asked) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    for _ in range(100):
        time.sleep(0.1)
        yield b"x"


def slow_head(asked: Asked) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for _ in range(100):
        time.sleep(0.1)
        yield b"x: y\r\n"


def test_an_endless_body_is_cut_at_the_limit(settings: Any) -> None:
    with listening(endless) as server:
        settings.FETCH_ALLOW = [server.pair]
        with pytest.raises(Unfit, match="larger than the 100,000 bytes"):
            fetch(server.url, most_bytes=100_000)


def test_a_body_that_says_it_is_too_large_is_not_read(settings: Any) -> None:
    with listening(lambda asked: said(b"x" * 101)) as server:
        settings.FETCH_ALLOW = [server.pair]
        with pytest.raises(Unfit):
            fetch(server.url, most_bytes=100)
        assert fetch(server.url, most_bytes=101).content == b"x" * 101
        assert fetch(server.url, most_bytes=100, method="HEAD").headers["content-length"] == "101"


@pytest.mark.parametrize("answer", [slow, slow_head, silent])
def test_the_time_is_for_everything_together_however_slowly_it_comes(settings: Any, answer: Any) -> None:
    with listening(answer) as server:
        settings.FETCH_ALLOW = [server.pair]
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            fetch(server.url, seconds=0.5)
        assert 0.4 < time.monotonic() - began < 3


def test_redirects_share_the_time(settings: Any) -> None:
    def answer(asked: Asked) -> Pieces:
        time.sleep(0.3)
        return said(b"", "302 Found", location=f"{asked.path}x")

    with listening(answer) as server:
        settings.FETCH_ALLOW = [server.pair]
        with pytest.raises(NoAnswer):
            fetch(f"{server.url}/", seconds=0.5)
        assert server.calls == 2


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> list[Any]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        fetch("https://paper.example/", connect_seconds=0.2)
    assert time.monotonic() - began < 0.9


def test_a_bomb_costs_neither_memory_nor_time(settings: Any) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    with listening(lambda asked: said(bomb, content_encoding="gzip")) as server:
        settings.FETCH_ALLOW = [server.pair]
        tracemalloc.start()
        with pytest.raises(Unfit, match="larger"):
            fetch(server.url)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 15_000_000, f"{peak:,} bytes"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_body_is_unpacked(settings: Any, encoding: str) -> None:
    with listening(lambda asked: said(gzip.compress(b"words" * 100_000), content_encoding=encoding)) as server:
        settings.FETCH_ALLOW = [server.pair]
        assert fetch(server.url).content == b"words" * 100_000
        assert fetch(server.url, method="HEAD").status == 200
        assert server.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(b"no gzip", "gzip"), (gzip.compress(b"words" * 99, mtime=0)[:-9], "gzip"), (b"x", "br"), (b"x", "gzip, gzip")],
)
def test_a_body_that_cannot_be_unpacked_is_an_error(settings: Any, body: bytes, encoding: str) -> None:
    with listening(lambda asked: said(body, content_encoding=encoding)) as server:
        settings.FETCH_ALLOW = [server.pair]
        with pytest.raises((NoAnswer, Unfit)):
            fetch(server.url)


def test_a_wrong_type_is_refused_before_its_body(settings: Any) -> None:
    with listening(lambda asked: said(b"<p>", content_type="text/html; charset=utf-8")) as server:
        settings.FETCH_ALLOW = [server.pair]
        assert fetch(server.url, types=["text/html"]).type == "text/html"
        assert fetch(server.url, types=["text/"]).type == "text/html"
        for types in (["image/"], ["text/htm"], ["html"], []):
            with pytest.raises(Unfit, match="text/html"):
                fetch(server.url, types=types)


def test_a_cut_body_is_an_error_and_never_half_a_body(settings: Any) -> None:
    with listening(lambda asked: said(b"half", content_length="8")) as server:
        settings.FETCH_ALLOW = [server.pair]
        with pytest.raises(NoAnswer):
            fetch(server.url)
