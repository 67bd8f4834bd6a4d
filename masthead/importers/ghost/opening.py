"""Opening an export: plain, packed, or in a zip; nothing is unpacked without an end (CHECKS.md 87)."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

LARGEST = 8 * 1024**3  # bytes of JSON
LARGEST_RATIO = 300  # times the size of what it is packed in, past the first hundred megabytes
FREE_OF_RATIO = 100 * 1024**2
MOST_FILES = 500_000
CHUNK = 64 * 1024
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


class ExportError(Exception):
    """An export that cannot be read at all; the message says why and what to do."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def open_export(path: Path) -> Iterator[Iterator[bytes]]:
    """Open .json, .json.gz or a .zip that holds it, and give its bytes piece by piece.

    Raises ExportError for what is none of these, and while reading for what unpacks to more than it may.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                yield _pieces(packed, path.stat().st_size)
        elif start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            with zipfile.ZipFile(path) as archive, archive.open(_json_in(archive)) as packed:
                yield _pieces(packed, path.stat().st_size)
        else:
            with path.open("rb") as plain:
                yield _pieces(plain, 0)
    except BROKEN as error:
        raise ExportError(f"{path.name} cannot be read: {error}. Export it again, or unpack it yourself.") from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _pieces(file: _Readable, packed_size: int) -> Iterator[bytes]:
    read = 0
    while piece := file.read(CHUNK):
        read += len(piece)
        if read > LARGEST or (packed_size and read > max(FREE_OF_RATIO, packed_size * LARGEST_RATIO)):
            raise ExportError("This file unpacks to far more than an export holds; nothing more of it was read.")
        yield piece


def _json_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Find the export in a zip: the one JSON file that is no theme's and no list of redirects."""
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise ExportError(f"This zip holds more than {MOST_FILES} files, so it was not read.")
    found = [one for one in members if _may_be_the_export(one)]
    if not found:
        raise ExportError(
            "There is no export (.json) in this zip. Name the zip or file that Ghost's Labs page gave you."
        )
    return min(found, key=lambda one: (one.filename.count("/"), -one.file_size))


def _may_be_the_export(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.lower().split("/")
    is_other = parts[-1] in ("package.json", "redirects.json") or parts[-1].startswith(".")
    return parts[-1].endswith(".json") and not is_other and not {"themes", "__macosx", "node_modules"} & set(parts)
