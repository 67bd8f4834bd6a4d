"""Content codings: which one a browser gets, and that every one can be undone."""

import gzip

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from masthead.pagestore import encodings

UNDONE = {
    "identity": bytes,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("deflate", "identity"),
        ("zstd, gzip", "zstd"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0.001", "gzip"),
        ("br ; q=0.9 , gzip; q = 0.5", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "zstd"),
        ("*;q=0, gzip", "gzip"),
        ("identity", "identity"),
        ("identity, br", "br"),
        ("identity;q=1, br;q=0.5", "identity"),
        ("identity;q=0.2, br;q=0.5", "br"),
        ("identity;q=0", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br;q=nan, gzip;q=inf, zstd;q=2", "identity"),
        ("br;q=-1, gzip;q=1e0", "identity"),
        ("br;q", "identity"),
        ("br;level=5", "identity"),
        (";;;,,,q=1", "identity"),
    ],
)
def test_the_coding_is_the_one_that_is_wanted_most(accepted: str, coding: str) -> None:
    assert encodings.chosen(accepted) == coding


@given(st.text())
def test_any_header_gives_a_coding_that_we_have(accepted: str) -> None:
    assert encodings.chosen(accepted) in encodings.ENDINGS


@given(st.binary(max_size=3000))
def test_every_coding_gives_the_same_body(body: bytes) -> None:
    assert {coding: undone(encodings.encode(body, coding)) for coding, undone in UNDONE.items()} == dict.fromkeys(
        UNDONE, body
    )
    assert encodings.decode(encodings.encode_smaller(body)) == body


def test_every_coding_gives_the_same_bytes_each_time_and_an_ending_of_its_own() -> None:
    body = b"The harbour. " * 400
    assert all(encodings.encode(body, coding) == encodings.encode(body, coding) for coding in UNDONE)
    assert set(encodings.ENDINGS) == set(UNDONE)
    assert len(set(encodings.ENDINGS.values())) == len(UNDONE)
    assert len(encodings.encode_smaller(body)) <= len(encodings.encode(body, "br")) < len(body)


def test_what_is_no_brotli_is_refused() -> None:
    with pytest.raises(ValueError, match="Brotli"):
        encodings.decode(b"no stream of any kind")


@pytest.mark.parametrize(
    ("kind", "is_so"),
    [
        ("text/html; charset=utf-8", True),
        ("application/rss+xml; charset=utf-8", True),
        ("application/json", True),
        ("application/ld+json", True),
        ("image/svg+xml", True),
        ("image/webp", False),
        ("font/woff2", False),
        ("application/pdf", False),
        ("", False),
    ],
)
def test_what_gets_no_smaller_is_not_compressed(kind: str, is_so: bool) -> None:
    assert encodings.is_compressible(kind) is is_so
