"""Answering a file, or the one part of it that a request asks for (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

CHUNK: Final = 64 * 1024  # bytes
_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Part:
    """A stretch of an open file, read in pieces; closing it closes the file."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file, self._start, self._length = file, start, length

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        left = self._length
        while left > 0 and (piece := self._file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def answer_file(
    request: HttpRequest, file: IO[bytes], size: int, *, etag: str, changed_at: datetime, kind: str
) -> HttpResponseBase:
    """Answer GET and HEAD for a file of `size` bytes: whole, one range of it (206), or 304, 412 and 416.

    The file is open and will be closed. Several ranges at once are answered with the whole file, which RFC 9110
    allows, so that no request asks for the same bytes a thousand times. HEAD has no range.
    """
    changed = int(changed_at.timestamp())
    conditional = get_conditional_response(request, etag=etag, last_modified=changed)
    if conditional is not None:
        file.close()
        conditional.headers["ETag"] = etag
        return conditional
    asked = _asked(request, size, etag, changed)
    if asked == (0, 0) and size:
        file.close()
        return _headed(HttpResponse(status=416), 0, etag, changed, f"bytes */{size}")
    start, length = asked or (0, size)
    if request.method == "HEAD":
        file.close()
        return _headed(HttpResponse(content_type=kind), size, etag, changed)
    part = StreamingHttpResponse(Part(file, start, length), status=206 if asked else 200, content_type=kind)
    part.sendable = (file, start, length)  # type: ignore[attr-defined]  # our server sends it itself (pagestore/files.py)
    return _headed(part, length, etag, changed, f"bytes {start}-{start + length - 1}/{size}" if asked else "")


def _headed(
    answer: HttpResponseBase, length: int, etag: str, changed: int, content_range: str = ""
) -> HttpResponseBase:
    told = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(length),
        "Content-Range": content_range,
        "ETag": etag,
        "Last-Modified": http_date(changed),
    }
    for name, value in told.items():
        if value:
            answer.headers[name] = value
    return answer


def _asked(request: HttpRequest, size: int, etag: str, changed: int) -> tuple[int, int] | None:
    """Return (start, length) of the range asked for; (0, 0) if it lies outside, None for the whole file."""
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or found is None or not _still_holds(request, etag, changed):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        length = min(int(last), size)
        return (size - length, length) if length else (0, 0)
    if last and int(last) < int(first):
        return None
    start, end = int(first), min(int(last or size), size - 1)
    return (start, end - start + 1) if start < size else (0, 0)


def _still_holds(request: HttpRequest, etag: str, changed: int) -> bool:
    """Say whether If-Range, if there is one, names the file as it is (a strong ETag, or its exact date)."""
    condition = request.headers.get("If-Range")
    return condition in (None, etag) or parse_http_date_safe(condition or "") == changed
