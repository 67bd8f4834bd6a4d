"""Files that Django hands over to the server: the same bytes, and Django's own answer where there is none to hand over."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from masthead.pagestore.files import handed_over
from masthead.site.ranges import answer_file

BYTES = bytes(range(256)) * 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "film.bin"
    path.write_bytes(BYTES)
    return path


def answered(path: Path, **headers: str) -> Any:
    request = RequestFactory().get("/", headers=headers)
    return answer_file(request, path.open("rb"), len(BYTES), etag='"e"', changed_at=timezone.now(), kind="video/mp4")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", slice(0, None)),
        ("bytes=10-19", slice(10, 20)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=9000-", slice(9000, None)),
    ],
)
@pytest.mark.django_db  # the end of an answer is the end of its database connection
def test_a_part_is_handed_over_as_it_would_be_sent(path: Path, asked: str, expected: slice) -> None:
    headers = {"Range": asked} if asked else {}
    assert b"".join(answered(path, **headers).streaming_content) == BYTES[expected]
    answer = answered(path, **headers)
    told = handed_over(answer)
    assert told is not None and list(answer.streaming_content) == []
    answer.close()
    assert os.pread(told.file, told.length, told.offset) == BYTES[expected]  # though Django has closed its own
    os.close(told.file)


def test_a_whole_file_of_djangos_is_handed_over(path: Path) -> None:
    told = handed_over(FileResponse(path.open("rb")))
    assert told is not None and (told.offset, told.length) == (0, len(BYTES))
    os.close(told.file)


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("words"),
        StreamingHttpResponse([b"words"]),
        FileResponse(io.BytesIO(b"words"), headers={"Content-Length": "5"}),
        FileResponse(io.BytesIO(b"words"), status=404),
    ],
)
def test_what_is_no_file_is_not(answer: Any) -> None:
    assert handed_over(answer) is None
    assert b"".join(answer) == b"words"


def test_another_end_of_a_range_is_not_handed_over(path: Path) -> None:
    assert handed_over(answered(path, Range="bytes=99999-")) is None
    assert handed_over(answered(path, **{"If-None-Match": '"e"'})) is None
