"""The store on disk: what is found is what was kept, and nothing that goes wrong with it shows one page for another."""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead.pagestore import encodings, store, table
from masthead.pagestore.segments import Lost, Segments
from tests.pagestore.some import BODY, MEGABYTE, page, put, store_in, words_of


def test_a_page_is_found_by_every_process_for_each_key(tmp_path: Path) -> None:
    ours, theirs = store_in(tmp_path), store_in(tmp_path)
    put(ours, page(key="a"), b"for anyone")
    put(ours, page(key="p"), b"for those who pay")
    assert {stored.rendered.key: words_of(stored) for stored in theirs.find("/a/")} == {
        "a": b"for anyone",
        "p": b"for those who pay",
    }
    assert theirs.find("/a") == theirs.find("/A/") == []


def test_files_and_folder_are_for_this_account_alone(tmp_path: Path) -> None:
    put(store_in(tmp_path / "pages"), page())
    assert (tmp_path / "pages").stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "pages").iterdir()}
    assert len(modes) >= 4 and set(modes.values()) == {0o600}, modes


def test_another_secret_or_software_finds_nothing(tmp_path: Path) -> None:
    put(store_in(tmp_path), page())
    assert store_in(tmp_path, key=b"x" * 32).find("/a/") == []
    assert store_in(tmp_path).find("/a/") != []


def test_a_page_from_an_earlier_position_does_not_take_the_place_of_a_later_one(tmp_path: Path) -> None:
    kept = store_in(tmp_path)
    put(kept, page(position=5), b"later")
    assert words_of(put(kept, page(position=4), b"earlier")) == b"earlier"
    assert [words_of(stored) for stored in kept.find("/a/")] == [b"later"]
    put(kept, page(position=5, etag="f" * 32), b"again")
    assert [words_of(stored) for stored in kept.find("/a/")] == [b"again"]


def test_pages_of_a_log_that_a_backup_has_taken_the_place_of_are_forgotten(tmp_path: Path) -> None:
    kept = store_in(tmp_path)
    put(kept, page("/a/", position=5))
    put(kept, page("/b/", position=9))
    kept.forget_after(5)
    assert kept.find("/a/") and not kept.find("/b/")


def changed(folder: Path, what: str, *, returning: str) -> tuple[object, object]:
    """Change the row of /a/; return a column before and after."""
    connection = sqlite3.connect(folder / table.NAME, isolation_level=None)
    before = connection.execute(f"SELECT {returning} FROM rendered_page WHERE path='/a/'").fetchone()[0]  # noqa: S608
    after = connection.execute(f"UPDATE rendered_page SET {what} WHERE path='/a/' RETURNING {returning}").fetchone()[0]  # noqa: S608
    connection.close()
    return before, after


@pytest.mark.parametrize("column", ["told", "size", "segment", "offset", "length", "mac"])
@pytest.mark.parametrize("value", ["NULL", "-1", "0", "99999999999", "'x'", "x'00'", "1e300"])
def test_a_row_with_any_column_changed_counts_as_none(tmp_path: Path, column: str, value: str) -> None:
    kept = store_in(tmp_path)
    put(kept, page())
    put(kept, page("/b/"))
    before, after = changed(tmp_path, f"{column} = {value}", returning=column)
    assert bool(kept.find("/a/")) is (before == after)
    assert kept.find("/b/")


def test_rows_that_changed_places_count_as_none(tmp_path: Path) -> None:
    kept = store_in(tmp_path)
    put(kept, page("/a/"), b"free words")
    put(kept, page("/b/"), b"paid words")
    for column in ("segment", "offset", "length", "mac"):
        of_b = f"(SELECT {column} FROM rendered_page WHERE path='/b/')"  # noqa: S608
        changed(tmp_path, f"{column} = {of_b}", returning=column)
    assert kept.find("/a/") == []


@pytest.mark.parametrize("rubbish", [b"", b"rubbish" * 1000, b"SQLite format 3\0" + b"\1" * 5000])
def test_a_table_of_rubbish_is_thrown_away_and_the_next_page_is_kept(tmp_path: Path, rubbish: bytes) -> None:
    put(store_in(tmp_path), page())
    for path in tmp_path.glob(f"{table.NAME}*"):
        path.unlink()
    (tmp_path / table.NAME).write_bytes(rubbish)
    kept = store_in(tmp_path)
    assert kept.find("/a/") == []
    put(kept, page())
    assert kept.find("/a/")


def test_a_table_of_other_columns_is_thrown_away(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / table.NAME) as connection:
        connection.execute("CREATE TABLE rendered_page (path TEXT, segment TEXT, position TEXT)")
    connection.close()
    kept = store_in(tmp_path)
    kept.find("/a/")
    put(kept, page())
    assert kept.find("/a/")


def test_a_folder_that_is_removed_is_begun_anew_by_everybody(tmp_path: Path) -> None:
    ours, theirs = store_in(tmp_path / "pages"), store_in(tmp_path / "pages")
    stored = put(ours, page(), b"before")
    put(theirs, page("/b/"))
    for path in (tmp_path / "pages").iterdir():
        path.unlink()
    (tmp_path / "pages").rmdir()
    assert ours.find("/a/") == []
    put(theirs, page(), b"after")
    assert ours.renew() is True and ours.renew() is False
    put(ours, page("/c/"), b"after")
    assert words_of(stored) == b"before"  # whoever holds it reads on
    assert [words_of(found) for found in ours.find("/a/")] == [b"after"]
    assert theirs.find("/c/")


def test_a_segment_that_was_cut_and_written_again_never_shows_one_page_for_another(tmp_path: Path) -> None:
    kept = store_in(tmp_path)
    put(kept, page("/free/"), b"free words")
    stored = put(kept, page("/paid/"), b"paid words")
    os.truncate(next(tmp_path.glob("segment-*")), 0)
    with pytest.raises(Lost):
        stored.place.read()
    for number in range(40):
        put(kept, page(f"/{number}/"), b"other words")
        with pytest.raises(Lost):
            stored.place.read()
    assert kept.find("/paid/") == []


def test_a_full_disk_keeps_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store_in(tmp_path)
    put(kept, page())
    monkeypatch.setattr(os, "pwrite", lambda file, body, offset: 3)
    assert kept.keep(page("/b/"), size=4, packed=b"more") is None
    monkeypatch.undo()
    assert kept.find("/a/")
    put(kept, page("/b/"))
    assert kept.find("/b/")


def test_who_reads_never_waits_for_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store_in(tmp_path)
    put(kept, page())
    is_writing, may_end = threading.Event(), threading.Event()
    real = Segments.append

    def slow(self: Segments, mark: bytes, body: bytes) -> tuple[int, int]:
        is_writing.set()
        assert may_end.wait(60)
        return real(self, mark, body)

    monkeypatch.setattr(Segments, "append", slow)
    writing = threading.Thread(target=put, args=(kept, page("/b/")))
    writing.start()
    assert is_writing.wait(60)
    assert kept.find("/a/") and not kept.find("/b/")  # it would wait for ever if it took the writer's lock
    kept.renew()
    assert writing.is_alive()
    may_end.set()
    writing.join()
    assert kept.find("/b/")


def test_a_page_is_not_kept_while_another_process_is_busy_and_the_next_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY", 0.05)
    kept = store_in(tmp_path)
    other = sqlite3.connect(tmp_path / table.NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert kept.keep(page(), size=1, packed=b"x") is None
    assert kept.find("/a/") == []
    other.execute("ROLLBACK")
    other.close()
    put(kept, page())
    assert kept.find("/a/")


# -- size


def test_the_folder_stays_within_its_limit_and_the_oldest_go_first(tmp_path: Path) -> None:
    kept = store_in(tmp_path, most=MEGABYTE)
    for number in range(400):
        body = os.urandom(8_000)
        assert kept.keep(page(f"/{number}/"), size=8_000, packed=body)
        assert sum(path.stat().st_size for path in tmp_path.glob("segment-*")) <= MEGABYTE
    found = [number for number in range(400) if kept.find(f"/{number}/")]
    assert found == list(range(found[0], 400)) and 50 < len(found) < 140
    with sqlite3.connect(tmp_path / table.NAME) as connection:
        assert connection.execute("SELECT count(*) FROM rendered_page").fetchone()[0] == len(found)
    connection.close()


def test_a_page_larger_than_a_segment_is_kept_and_one_larger_than_a_quarter_of_all_is_not(tmp_path: Path) -> None:
    kept = store_in(tmp_path, most=MEGABYTE)
    assert kept.keep(page("/large/"), size=1, packed=os.urandom(MEGABYTE // 5))
    assert kept.find("/large/")
    assert kept.keep(page("/larger/"), size=1, packed=os.urandom(MEGABYTE // 3)) is None
    assert store_in(tmp_path / "none", most=0).keep(page(), size=1, packed=b"x") is None


def test_a_number_never_comes_again(tmp_path: Path) -> None:
    kept = Segments(tmp_path, most=800)
    numbers = []
    for _ in range(60):
        numbers.append(kept.append(b"m" * 16, bytes(90))[0])
        for number in list(kept.superfluous()):
            kept.drop(number)
    assert numbers == sorted(numbers) and numbers[-1] > 50
    assert len(kept.numbers()) < 10


# -- several processes


def _forked(act: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            act()
        finally:
            os._exit(0)
    return pid


def _body_of(number: int, turn: int) -> bytes:
    return f"{number} {turn} ".encode() * 300


def test_several_processes_append_at_once_and_every_page_is_found(tmp_path: Path) -> None:
    def write(number: int) -> None:
        ours = store_in(tmp_path)
        for turn in range(60):
            body = _body_of(number, turn)
            while ours.keep(page(f"/{number}/{turn}/"), size=len(body), packed=encodings.encode(body, "br")) is None:
                time.sleep(0.01)

    for pid in [_forked(lambda number=number: write(number)) for number in range(4)]:  # type: ignore[misc]
        assert os.waitpid(pid, 0)[1] == 0
    kept = store_in(tmp_path)
    for number in range(4):
        for turn in range(60):
            assert [words_of(stored) for stored in kept.find(f"/{number}/{turn}/")] == [_body_of(number, turn)]


def test_a_reader_reads_on_while_another_process_drops_the_oldest(tmp_path: Path) -> None:
    kept = store_in(tmp_path, most=MEGABYTE)
    stored = put(kept, page("/first/"))

    def write() -> None:
        ours = store_in(tmp_path, most=MEGABYTE)
        for number in range(200):
            ours.keep(page(f"/{number}/"), size=1, packed=os.urandom(8_000))

    assert os.waitpid(_forked(write), 0)[1] == 0
    assert words_of(stored) == BODY
    assert kept.find("/first/") == [] and not (tmp_path / "segment-00000001").exists()
    assert kept.renew() is True
    assert kept.find("/199/")
    assert words_of(stored) == BODY


def test_a_file_is_closed_once_nobody_holds_a_place_in_it(tmp_path: Path) -> None:
    kept = store_in(tmp_path)
    stored = put(kept, page())
    (tmp_path / "segment-00000001").unlink()
    kept.renew()
    descriptor = stored.place.segment.descriptor
    assert os.fstat(descriptor).st_nlink == 0
    del stored
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_writer_that_is_killed_at_any_moment_leaves_every_page_right(tmp_path: Path) -> None:
    def write(turn: int) -> None:
        ours = store_in(tmp_path, most=MEGABYTE)
        for number in range(10_000):
            body = _body_of(turn, number)
            ours.keep(page(f"/{number % 50}/", position=turn), size=len(body), packed=encodings.encode(body, "br"))

    found = 0
    for turn in range(12):
        pid = _forked(lambda turn=turn: write(turn))  # type: ignore[misc]
        time.sleep(0.02 + 0.013 * turn)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        kept = store_in(tmp_path, most=MEGABYTE)
        for number in range(50):
            for stored in kept.find(f"/{number}/"):
                first, second = words_of(stored).split()[:2]
                assert int(first) == stored.rendered.position <= turn and int(second) % 50 == number
                found += 1
        put(kept, page("/after/", position=turn))
        assert kept.find("/after/")
    assert found > 100
    with sqlite3.connect(tmp_path / table.NAME) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
