"""Pressing: often read pages get smaller, and nothing newer is lost by it."""

import asyncio
import os
import random
import threading
from pathlib import Path

import pytest

from masthead.access.reader import Reader
from masthead.pagestore import encodings
from masthead.pagestore.pressing import LAST_NICE, Press
from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store
from masthead.pagestore.variant import Variant
from masthead.pagestore.visit import Visit
from tests.pagestore.some import Log, page, put, serving_of, store_in, words_of

_drawn = random.Random(7)
_vocabulary = (
    "the harbour ships of ice and who sailed never under a bridge that froze last winter minister said".split()
)
WORDS = "".join(f"<p>{' '.join(_drawn.choices(_vocabulary, k=40))}.</p>" for _ in range(60)).encode()
ANYONE = Visit("br", b"", reader=Reader())


def often_read(serving: Serving, store: Store) -> Variant:
    """Return a page that is read often."""
    rendered = page()
    variant = serving.add(rendered, WORDS, put(store, rendered, WORDS))
    assert variant is not None
    serving.often_read.append(variant)
    return variant


def test_what_is_read_often_gets_smaller_for_everybody(
    serving: Serving, store: Store, log: Log, tmp_path: Path
) -> None:
    variant = often_read(serving, store)
    before = serving.body(variant, "br")
    variant.tails["br"] = b"a length that is no more"
    asyncio.run(Press(serving, store).press_one())
    after = serving.body(variant, "br")
    assert before is not None and after is not None and len(after) < len(before)
    assert encodings.decode(after) == WORDS and "br" not in variant.tails
    found = serving_of(store_in(tmp_path), log).find("/a/", ANYONE)
    assert found is not None and found.place is not None and found.place.length == len(after)
    assert not serving.often_read


def test_what_another_worker_has_pressed_is_taken_from_it(
    serving: Serving, store: Store, log: Log, tmp_path: Path
) -> None:
    variant = often_read(serving, store)
    former, smaller = encodings.encode(WORDS, "br"), encodings.encode_smaller(WORDS)
    assert store_in(tmp_path).press(variant.rendered, size=len(WORDS), former=former, packed=smaller)
    pressed: list[bytes] = []
    asyncio.run(Press(serving, store, press=lambda body: pressed.append(body) or body).press_one())  # type: ignore[func-returns-value]
    assert pressed == [] and variant.place is not None
    assert variant.place.length == len(encodings.encode_smaller(WORDS))


@pytest.mark.parametrize(
    "meanwhile", ["rendered anew", "rendered anew at the same position", "thrown away", "made by another theme"]
)
def test_what_was_rendered_while_it_was_pressed_stays(
    serving: Serving, store: Store, log: Log, tmp_path: Path, meanwhile: str
) -> None:
    often_read(serving, store)
    newer = page(position=1 if meanwhile == "rendered anew" else 0, etag="f" * 32)

    def press(body: bytes) -> bytes:
        if meanwhile == "made by another theme":
            store.key = b"n" * 32
        elif meanwhile == "thrown away":
            store_in(tmp_path).forget_after(-1)
        else:
            put(store_in(tmp_path), newer, b"newer words")
        return encodings.encode_smaller(body)

    asyncio.run(Press(serving, store, press=press).press_one())
    found = [words_of(stored) for stored in store.find("/a/")]
    assert found == ([b"newer words"] if meanwhile.startswith("rendered") else [])


def test_what_was_purged_is_not_pressed(serving: Serving, store: Store, log: Log) -> None:
    often_read(serving, store)
    log.purge("site")
    asyncio.run(serving.catch_up())
    pressed: list[bytes] = []
    asyncio.run(Press(serving, store, press=lambda body: pressed.append(body) or body).press_one())  # type: ignore[func-returns-value]
    assert pressed == [] and not serving.often_read


def test_nothing_is_gained_by_a_larger_body(serving: Serving, store: Store) -> None:
    variant = often_read(serving, store)
    before = variant.place
    asyncio.run(Press(serving, store, press=lambda body: body).press_one())
    assert variant.place is before


def test_one_page_at_a_time_in_a_thread_that_gives_way_to_everything(serving: Serving, store: Store) -> None:
    for _ in range(2):
        often_read(serving, store)
    nice: list[int] = []

    def press(body: bytes) -> bytes:
        nice.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return body

    asyncio.run(Press(serving, store, press=press).press_one())
    assert nice == [LAST_NICE] and len(serving.often_read) == 1
    assert os.getpriority(os.PRIO_PROCESS, 0) < LAST_NICE


def test_only_so_many_wait(serving: Serving, store: Store) -> None:
    variant = often_read(serving, store)
    serving.often_read.extend([variant] * 5_000)
    assert len(serving.often_read) <= 1_000
