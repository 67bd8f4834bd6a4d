"""The index of a worker: fresh pages of the right key and no others, and never more than so many."""

import asyncio
import time
from pathlib import Path

import pytest

from masthead.access.reader import Reader
from masthead.access.reader_key import Depends
from masthead.pagestore import serving as module
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import Serving, tags_with_site
from masthead.pagestore.store import Store
from masthead.pagestore.variant import Variant
from masthead.pagestore.visit import Visit
from tests.pagestore.some import BODY, MEGABYTE, Log, page, put, serving_of, store_in

ANYONE = Visit("br", b"", reader=Reader())
MEMBER = Visit("br", b"", reader=Reader(is_member=True))
PAYING = Visit("br", b"", reader=Reader(is_member=True, tiers=frozenset({1})))


def add(serving: Serving, store: Store, rendered: Rendered, body: bytes = BODY) -> Variant | None:
    """Add a page as it is done after rendering."""
    return serving.add(rendered, body, put(store, rendered, body))


def test_each_visitor_finds_the_page_of_their_key(serving: Serving, store: Store) -> None:
    for key in ("a-", "m-", "m+"):
        add(serving, store, page(key=key, depends=Depends.on_post(1, "p1", "paid", frozenset())), key.encode())
    found = [serving.find("/a/", visit) for visit in (ANYONE, MEMBER, PAYING)]
    assert [serving.body(variant, "identity") if variant else None for variant in found] == [b"a-", b"m-", b"m+"]


def test_a_visitor_whose_key_is_not_kept_finds_nothing(serving: Serving, store: Store) -> None:
    add(serving, store, page(key="p"))
    assert serving.find("/a/", ANYONE) is None and serving.find("/b/", PAYING) is None
    assert serving.knows("/a/") and not serving.knows("/b/")


def test_who_is_not_known_finds_only_what_is_the_same_for_all(serving: Serving, store: Store) -> None:
    add(serving, store, page("/a/"))
    add(serving, store, page("/feed/", depends=Depends(is_same=True)))
    assert serving.find_same("/a/") is None and serving.find_same("/feed/") is not None


def test_another_worker_finds_it_on_disk(serving: Serving, store: Store, log: Log, tmp_path: Path) -> None:
    add(serving, store, page())
    other = serving_of(store_in(tmp_path), log)
    variant = other.find("/a/", ANYONE)
    assert variant is not None and other.body(variant, "identity") == BODY


def test_what_was_purged_is_found_neither_in_the_index_nor_on_disk(
    serving: Serving, store: Store, log: Log, tmp_path: Path
) -> None:
    add(serving, store, page(tags=("post:1", "site")))
    add(serving, store, page("/b/", tags=("post:2", "site")))
    log.purge("post:1")
    assert asyncio.run(serving.catch_up())
    for worker in (serving, serving_of(store_in(tmp_path), log)):
        assert worker.find("/a/", ANYONE) is None and worker.find("/b/", ANYONE) is not None
        assert not worker.knows("/a/") and worker.knows("/b/")


def test_a_page_whose_rendering_began_before_the_purge_is_never_taken_in(
    serving: Serving, store: Store, log: Log
) -> None:
    serial = log.purge("post:1")
    asyncio.run(serving.catch_up())
    assert add(serving, store, page(tags=("post:1",), position=serial - 1)) is None
    assert serving.find("/a/", ANYONE) is None
    assert add(serving, store, page(tags=("post:1",), position=serial)) is not None
    assert serving.find("/a/", ANYONE) is not None


def test_a_page_ends_at_its_moment(serving: Serving, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    add(serving, store, page(until=now + 50))
    assert serving.find("/a/", ANYONE) is not None
    monkeypatch.setattr(time, "time", lambda: now + 50)
    assert serving.find("/a/", ANYONE) is None


def test_a_page_from_a_position_that_is_not_known_yet_waits_on_disk(store: Store, log: Log) -> None:
    serving = serving_of(store, log)
    put(store, page(position=1))
    assert serving.find("/a/", ANYONE) is None
    log.purge("post:9")
    asyncio.run(serving.catch_up())
    assert serving.find("/a/", ANYONE) is not None


def test_pages_of_another_log_are_forgotten_at_the_start(store: Store, log: Log) -> None:
    put(store, page(position=500))
    serving_of(store, log)
    assert store.find("/a/") == []


def test_an_older_row_does_not_take_the_place_of_a_newer_page(serving: Serving, store: Store, log: Log) -> None:
    serial = log.purge("post:9")
    asyncio.run(serving.catch_up())
    put(store, page(key="m", position=0, depends=Depends()))
    gated = Depends.on_post(1, "p", "members", frozenset())
    add(serving, store, page(key="m+", position=serial, depends=gated), b"newer")
    serving.find("/a/", ANYONE)  # not kept, so that the disk is looked at
    variant = serving.find("/a/", MEMBER)
    assert variant is not None and serving.body(variant, "identity") == b"newer"


def test_a_page_that_the_disk_could_not_take_is_kept_in_memory_beside_those_on_disk(
    serving: Serving, store: Store, log: Log, tmp_path: Path
) -> None:
    assert serving.add(page(key="a"), BODY, None) is not None
    put(store_in(tmp_path), page(key="m"), b"by another worker")
    for visit, body in ((ANYONE, BODY), (MEMBER, b"by another worker"), (ANYONE, BODY)):
        variant = serving.find("/a/", visit)
        assert variant is not None and serving.body(variant, "identity") == body


def test_what_does_not_fit_into_memory_is_not_kept_and_takes_nothing_with_it(store: Store, log: Log) -> None:
    serving = serving_of(store, log, most_memory=40_000)
    assert serving.add(page(key="a"), BODY, None) is not None
    assert serving.add(page(key="m"), bytes(20_000), None) is None
    assert serving.find("/a/", ANYONE) is not None and serving.find("/a/", MEMBER) is None


def test_a_body_that_had_to_make_room_is_lost_and_said_to_be(store: Store, log: Log) -> None:
    serving = serving_of(store, log, most_memory=10_000)
    first = serving.add(page("/0/"), BODY, None)
    assert first is not None and serving.body(first, "identity") == BODY
    for number in range(1, 9):
        serving.add(page(f"/{number}/"), BODY, None)
    assert serving.body(first, "identity") is None
    serving.forget(first)
    assert serving.find("/0/", ANYONE) is None


def test_forgetting_a_lost_page_leaves_the_one_that_took_its_place(serving: Serving, store: Store) -> None:
    lost, newer = add(serving, store, page()), add(serving, store, page())
    assert lost is not None and newer is not None
    serving.forget(lost)
    assert serving.find("/a/", ANYONE) is newer


def test_the_index_never_holds_more_paths_than_it_may(
    serving: Serving, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PATHS", 40)
    for number in range(200):
        add(serving, store, page(f"/{number}/"))
        assert len(serving._pages) <= 40
    assert serving.find("/199/", ANYONE) is not None
    assert serving.find("/0/", ANYONE) is not None  # on disk


def test_whoever_asks_for_nonsense_pushes_out_nonsense_only(
    serving: Serving, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_LIGHT", 10)
    add(serving, store, page("/real/"))
    serving.add(page("/style.css", depends=Depends(is_same=True)), BODY, None)
    for number in range(100):
        serving.add(page(f"/nonsense/{number}/", status=404), b"nothing here", None)
    assert len(serving._pages) <= 12
    assert serving.find("/real/", ANYONE) is not None and serving.find_same("/style.css") is not None
    assert serving.find("/nonsense/99/", ANYONE) is not None and serving.find("/nonsense/1/", ANYONE) is None


def test_headers_are_written_once_for_all_pages_that_have_the_same(
    serving: Serving, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_HEADS", 5)
    one, other, missing = (add(serving, store, told) for told in (page("/a/"), page("/b/"), page("/c/", status=404)))
    assert one is not None and other is not None and missing is not None
    assert one.head is other.head and missing.head.startswith(b"HTTP/1.1 404 Not Found\r\n")
    for number in range(20):
        add(serving, store, page("/a/", headers=(("x", str(number)),)))
        assert len(serving._heads) <= 5


def test_what_the_worker_knew_is_forgotten_with_segments_that_were_dropped(
    serving: Serving, store: Store, tmp_path: Path
) -> None:
    add(serving, store, page("/a/"))
    serving.add(page("/b/"), BODY, None)
    (tmp_path / "segment-00000001").unlink()
    assert store.renew()
    serving.forget_index()
    assert serving.find("/a/", ANYONE) is None and serving.find("/b/", ANYONE) is not None


def test_a_page_whose_segment_was_cut_is_lost_and_not_another_page(
    serving: Serving, store: Store, tmp_path: Path
) -> None:
    variant = add(serving, store, page())
    assert variant is not None and variant.is_packed
    (tmp_path / "segment-00000001").write_bytes(bytes(3 * MEGABYTE))
    assert [serving.body(variant, coding) for coding in ("br", "gzip", "identity")] == [None, None, None]


def test_every_page_has_the_tag_of_the_site() -> None:
    assert tags_with_site({"post:2", "lists"}) == ("lists", "post:2", "site")
