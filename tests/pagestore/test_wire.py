"""Responses as bytes."""

import pytest

from masthead.pagestore import wire
from masthead.pagestore.encodings import ENDINGS

ETAG = "0123456789abcdef" * 2
HEADERS = (
    ("content-type", "text/html"), ("cache-control", "private, no-cache"), ("vary", "Cookie"), ("content-language", "en"),
    ("expires", "0"), ("content-location", "/a/"), ("link", "</x>; rel=preload"), ("last-modified", "yesterday"),
)  # fmt: skip


def test_a_304_tells_again_what_a_cache_needs_and_nothing_of_the_body() -> None:
    # RFC 9110, 15.4.5: Content-Location, Date (uvicorn's own), ETag, Vary, Cache-Control and Expires.
    names = [line.partition(b":")[0] for line in wire.head_304(HEADERS).splitlines()]
    assert names == [b"cache-control", b"vary", b"expires", b"content-location"]


@pytest.mark.parametrize("coding", list(ENDINGS))
def test_the_last_headers_end_in_an_empty_line_and_name_the_coding(coding: str) -> None:
    tail, tail_304 = wire.tail(ETAG, coding, 17), wire.tail_304(ETAG, coding)
    assert tail.endswith(b"content-length: 17\r\n\r\n") and tail_304.endswith(b"\r\n\r\n")
    assert (b"content-encoding: " + coding.encode() in tail) is (coding != "identity")
    assert tail.splitlines()[0] == tail_304.splitlines()[0] == b"etag: " + wire.etag_of(ETAG, coding)
    assert b"content" not in tail_304


@pytest.mark.parametrize(
    ("known", "is_so"),
    [
        (b"", False),
        (b"*", True),
        (b" * ", True),
        (b'"%b-br"' % ETAG.encode(), True),
        (b'W/"%b-br"' % ETAG.encode(), True),
        (b'"other", W/"%b-br" , "more"' % ETAG.encode(), True),
        (b'"%b"' % ETAG.encode(), False),
        (b'"%b-gz"' % ETAG.encode(), False),
        (b"%b-br" % ETAG.encode(), False),
        (b'"x%b-br"' % ETAG.encode(), False),
        (b'"*"', False),
    ],
)
def test_only_who_holds_this_body_in_this_coding_is_told_that_nothing_changed(known: bytes, is_so: bool) -> None:
    assert wire.is_known(known, ETAG, "br") is is_so


def test_a_status_has_its_phrase_and_an_unknown_one_none() -> None:
    assert wire.status_line(404) == b"HTTP/1.1 404 Not Found\r\n"
    assert wire.status_line(299) == b"HTTP/1.1 299 \r\n"


def test_headers_are_sent_as_they_were_written() -> None:
    assert wire.lines((("location", "/caf\u00e9/"), ("vary", "Cookie"))) == b"location: /caf\xe9/\r\nvary: Cookie\r\n"
