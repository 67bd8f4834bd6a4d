"""Bodies in every coding: large ones are never packed in the event loop, and only once."""

import asyncio
import gzip
import threading
from pathlib import Path

import pytest

from masthead.pagestore import encodings
from masthead.pagestore.packing import AT_ONCE, Packing
from masthead.pagestore.variant import Variant
from tests.pagestore.some import BODY, MEGABYTE, page, put, store_in

LARGE = BODY * 40


def variant_of(folder: Path, body: bytes) -> Variant:
    """Return a stored page."""
    return Variant(page(), b"", b"", len(body), put(store_in(folder), page(), body).place, True, 0)


@pytest.fixture
def packed_in(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Return in which threads something was packed."""
    threads: list[threading.Thread] = []
    real = encodings.encode

    def encode(body: bytes, coding: str) -> bytes:
        threads.append(threading.current_thread())
        return real(body, coding)

    monkeypatch.setattr(encodings, "encode", encode)
    return threads


def test_a_small_body_is_packed_at_once_and_kept(tmp_path: Path, packed_in: list[threading.Thread]) -> None:
    variant, packing = variant_of(tmp_path, BODY), Packing(MEGABYTE)
    packed_in.clear()
    assert packing.is_at_hand(variant, "gzip")
    first = packing.body(variant, "gzip")
    assert first is not None and gzip.decompress(first) == BODY
    assert packing.body(variant, "gzip") is first and len(packed_in) == 1


def test_a_large_body_is_packed_in_a_thread_once_for_all_who_ask(
    tmp_path: Path, packed_in: list[threading.Thread]
) -> None:
    assert len(LARGE) > AT_ONCE
    variant, packing = variant_of(tmp_path, LARGE), Packing(8 * MEGABYTE)
    packed_in.clear()
    assert packing.is_at_hand(variant, "br") and not packing.is_at_hand(variant, "gzip")

    async def ask() -> list[bytes | None]:
        return await asyncio.gather(*[packing.body_soon(variant, "gzip") for _ in range(20)])

    bodies = asyncio.run(ask())
    assert all(body is not None and gzip.decompress(body) == LARGE for body in bodies)
    assert len(packed_in) == 1 and packed_in[0] is not threading.main_thread()
    assert packing.is_at_hand(variant, "gzip") and packing.body(variant, "gzip") is bodies[0]


def test_a_large_body_that_finds_no_room_is_given_each_time(tmp_path: Path) -> None:
    variant, packing = variant_of(tmp_path, LARGE), Packing(1_000)
    assert asyncio.run(packing.body_soon(variant, "identity")) == LARGE
    assert not packing.is_at_hand(variant, "identity")


def test_a_lost_body_is_none_in_the_loop_and_in_a_thread(tmp_path: Path) -> None:
    small, large = variant_of(tmp_path / "a", BODY), variant_of(tmp_path / "b", LARGE)
    for path in tmp_path.glob("*/segment-*"):
        path.write_bytes(b"rubbish")
    packing = Packing(MEGABYTE)
    assert packing.body(small, "gzip") is None and packing.body(large, "br") is None
    assert asyncio.run(packing.body_soon(large, "gzip")) is None
    assert not packing._making
