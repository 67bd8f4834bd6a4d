"""Files taken to disk: whole or not at all, and going on where a line broke."""

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from masthead.core.fetching import Answered, FetchError, NoAnswer, Unfit, fetch_to
from tests.stand_ins.listening import Asked, Listener, Pieces, listening, said

FILE = bytes(range(256)) * 4000
MOST = 2_000_000


class Keeper:
    """Keeps one file and serves it, in parts if asked; the first `breaks` answers break off half-way."""

    def __init__(self, file: bytes = FILE, *, tag: str = '"one"', breaks: int = 1) -> None:
        self.file, self.tag, self.breaks = file, tag, breaks

    def __call__(self, asked: Asked) -> Pieces:
        return self._pieces(asked)

    def _pieces(self, asked: Asked) -> Iterator[bytes]:
        start = int(asked.headers.get("range", "bytes=0-")[6:-1])
        if start and asked.headers.get("if-range") == self.tag:
            place = f"bytes {start}-{len(self.file) - 1}/{len(self.file)}"
            whole = said(self.file[start:], "206 Partial Content", etag=self.tag, content_range=place)
        else:
            whole = said(self.file, etag=self.tag)
        self.breaks -= 1
        yield whole if self.breaks < 0 else whole[: len(whole) // 2]


def taking(server: Listener, path: Path, settings: Any, **more: Any) -> None:
    settings.FETCH_ALLOW = [server.pair]
    fetch_to(f"{server.url}/file", path, **{"most_bytes": MOST} | more)


def beside(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()}


def test_a_file_is_taken_whole(tmp_path: Path, settings: Any) -> None:
    with listening(Keeper(breaks=0)) as server:
        taking(server, tmp_path / "new" / "a.bin", settings)
    assert (tmp_path / "new" / "a.bin").read_bytes() == FILE
    assert beside(tmp_path / "new" / "a.bin") == {"a.bin"}


def test_a_broken_line_leaves_no_file_and_the_next_try_goes_on(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.bin"
    with listening(Keeper(breaks=2)) as server:
        for _ in range(2):
            with pytest.raises(NoAnswer):
                taking(server, path, settings)
            assert not path.exists()
        taking(server, path, settings)
        ranges = [asked.headers.get("range") for asked in server.asked]
    assert path.read_bytes() == FILE and beside(path) == {"a.bin"}
    assert ranges[0] is None and None not in ranges[1:] and len(set(ranges)) == 3


def test_another_version_begins_again(tmp_path: Path, settings: Any) -> None:
    path, keeper = tmp_path / "a.bin", Keeper()
    with listening(keeper) as server:
        with pytest.raises(NoAnswer):
            taking(server, path, settings)
        keeper.file, keeper.tag = b"new" * 1000, '"two"'
        taking(server, path, settings)
        assert server.calls == 2
    assert path.read_bytes() == b"new" * 1000


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ({"content_range": f"bytes 5-{len(FILE) - 1}/{len(FILE)}"}, "206 Partial Content"),
        ({"content_range": "bytes 512000-512003/9000000"}, "206 Partial Content"),
        ({"content_range": "nonsense"}, "206 Partial Content"),
        ({"etag": '"two"', "content_range": f"bytes 512000-{len(FILE) - 1}/{len(FILE)}"}, "206 Partial Content"),
        ({}, "416 Range Not Satisfiable"),
    ],
)
def test_a_part_that_does_not_fit_is_not_put_on(
    tmp_path: Path, settings: Any, part: dict[str, str], status: str
) -> None:
    def answer(asked: Asked) -> Pieces:
        if "range" in asked.headers:
            return said(b"evil", status, **{"etag": '"one"'} | part)
        return said(FILE, etag='"one"')

    path = tmp_path / "a.bin"
    path.with_name("a.bin.part").write_bytes(FILE[:512000])
    with listening(answer) as server:
        note = {"url": f"{server.url}/file", "mark": '"one"'}
        path.with_name("a.bin.part.json").write_text(json.dumps(note))
        taking(server, path, settings)
        assert [("range" in asked.headers) for asked in server.asked] == [True, False]
    assert path.read_bytes() == FILE


@pytest.mark.parametrize("note", ['{"url": "http://other.example/", "mark": "x"}', "no json", "[]", '{"url": 1}'])
def test_a_part_of_something_else_is_not_gone_on_with(tmp_path: Path, settings: Any, note: str) -> None:
    path = tmp_path / "a.bin"
    path.with_name("a.bin.part").write_bytes(b"other")
    path.with_name("a.bin.part.json").write_text(note)
    with listening(Keeper(breaks=0)) as server:
        taking(server, path, settings)
        assert "range" not in server.asked[0].headers
    assert path.read_bytes() == FILE


def test_a_file_without_a_mark_of_its_version_begins_again(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.bin"
    with listening(Keeper(tag='W/"weak"')) as server:
        with pytest.raises(NoAnswer):
            taking(server, path, settings)
        assert beside(path) == set()
        taking(server, path, settings)
        assert "range" not in server.asked[1].headers
    assert path.read_bytes() == FILE


def test_too_large_a_file_leaves_nothing(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.bin"
    with listening(lambda asked: said(FILE, etag='"one"', content_length="")) as server, pytest.raises(Unfit):
        taking(server, path, settings, most_bytes=1000)
    assert beside(path) == set()


def test_a_status_that_is_no_success_is_an_error_with_its_status(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.bin"
    later = said(b"later", "429 Too Many", retry_after="7")
    with listening(lambda asked: later) as server, pytest.raises(Answered, match="429") as error:
        taking(server, path, settings)
    assert (error.value.status, error.value.headers["retry-after"]) == (429, "7")
    assert beside(path) == set()


def test_a_line_that_falls_silent_is_given_up_long_before_the_whole_time(tmp_path: Path, settings: Any) -> None:
    def answer(asked: Asked) -> Iterator[bytes]:
        yield said(FILE, etag='"one"')[:5000]
        time.sleep(5)

    path = tmp_path / "a.bin"
    began = time.monotonic()
    with listening(answer) as server, pytest.raises(NoAnswer):
        taking(server, path, settings, quiet_seconds=0.3)
    assert time.monotonic() - began < 3 and beside(path) == {"a.bin.part", "a.bin.part.json"}


def test_a_packed_file_is_unpacked_and_a_wrong_type_refused(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.bin"
    with listening(lambda asked: said(gzip.compress(FILE), content_encoding="gzip", etag='"one"')) as server:
        taking(server, path, settings)
        assert path.read_bytes() == FILE
        with pytest.raises(FetchError, match="text/plain"):
            taking(server, tmp_path / "b.png", settings, types=["image/"])
    assert beside(path) == {"a.bin"}
