"""Responses as bytes: written from what is kept, for one coding, moment and condition."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from masthead.pagestore.encodings import ENDINGS, IDENTITY
from masthead.pagestore.rendered import Headers

END: Final = b"\r\n"
# What a 304 tells again (RFC 9110, 15.4.5); the rest the browser has.
TOLD_AGAIN: Final = frozenset({"cache-control", "vary", "expires", "content-location", "clear-site-data", "cache-tag"})


def status_line(status: int) -> bytes:
    """Write the first line of a response."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode()


def lines(headers: Headers) -> bytes:
    """Write headers, each on its line."""
    return b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers)


def lines_of(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Write headers that are bytes already."""
    return b"".join(name + b": " + value + b"\r\n" for name, value in headers)


def head_304(headers: Headers) -> bytes:
    """Write those headers that a 304 tells again."""
    return lines(tuple((name, value) for name, value in headers if name in TOLD_AGAIN))


def tail(etag: str, coding: str, length: int) -> bytes:
    """Write the last headers of a response with a body, and the empty line."""
    coded = b"" if coding == IDENTITY else b"content-encoding: %b\r\n" % coding.encode()
    return b'etag: "%b%b"\r\n%bcontent-length: %d\r\n\r\n' % (etag.encode(), ENDINGS[coding], coded, length)


def tail_304(etag: str, coding: str) -> bytes:
    """Write the last header of a 304, and the empty line."""
    return b'etag: "%b%b"\r\n\r\n' % (etag.encode(), ENDINGS[coding])


def etag_of(etag: str, coding: str) -> bytes:
    """Write the ETag of a body in a coding."""
    return b'"%b%b"' % (etag.encode(), ENDINGS[coding])


def is_known(known: bytes, etag: str, coding: str) -> bool:
    """Say whether an If-None-Match names this body in this coding (RFC 9110, 13.1.2), weakly compared.

    In another coding it is another representation: who holds the page in Brotli and asks for it plain gets it plain.
    """
    return bool(known) and (etag_of(etag, coding) in known or known.strip() == b"*")
