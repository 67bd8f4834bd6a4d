"""Segments: files to which bodies are appended, and which are dropped whole, the oldest first."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LARGEST = 64 * 1024 * 1024  # bytes; then the next one is begun
MARK = 16  # bytes before each body
_NAME = re.compile(r"segment-([0-9]{8})")


class Lost(OSError):
    """What a place should hold is not there any more."""


class Segment:
    """An open segment. It is closed once nobody holds it or a Place in it, so that no number of a file is read too late."""

    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __del__(self) -> None:
        os.close(self.descriptor)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body stands: in which segment, from where on and how long in bytes, and the mark that stands before it."""

    segment: Segment
    offset: int
    length: int
    mark: bytes

    def read(self) -> bytes:
        """Return the body; raises Lost if something else or less stands there, and OSError where it cannot be read."""
        found = os.pread(self.segment.descriptor, MARK + self.length, self.offset)
        if found[:MARK] != self.mark or len(found) != MARK + self.length:
            raise Lost("a segment was cut or written over")
        return found[MARK:]


class Segments:
    """The segments of a folder. Whoever appends holds the lock of the table (store.py)."""

    def __init__(self, folder: Path, *, most: int) -> None:
        """Use `folder`, with `most` bytes in all."""
        self._folder, self._most = folder, most
        self._largest = min(LARGEST, most // 8)
        self._open: dict[int, Segment] = {}

    def is_too_large(self, length: int) -> bool:
        """Say whether a body is so large that too little else would find room."""
        return length > self._most // 4

    def numbers(self) -> list[int]:
        """Return the numbers of the segments that are there, in order."""
        return sorted(int(found[1]) for name in os.listdir(self._folder) if (found := _NAME.fullmatch(name)))

    def place(self, number: int, offset: int, length: int, mark: bytes) -> Place:
        """Return a place; raises OSError if the segment is gone."""
        return Place(self._segment(number), offset, length, mark)

    def _segment(self, number: int) -> Segment:
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = Segment(os.open(self._path(number), os.O_RDWR))
        return found

    def append(self, mark: bytes, body: bytes) -> tuple[int, int]:
        """Write a body behind the last one; return the segment's number and the offset in it. Raises OSError."""
        number = self._current()
        if number in self._open and not self._is_same(number, self._open[number]):
            del self._open[number]  # somebody removed the folder, and it was begun anew
        file = self._segment(number).descriptor
        offset = os.fstat(file).st_size
        if os.pwrite(file, mark + body, offset) != len(mark) + len(body):
            raise OSError("the disk is full")
        return number, offset

    def _current(self) -> int:
        numbers = self.numbers()
        last = numbers[-1] if numbers else 0
        if last and os.stat(self._path(last)).st_size < self._largest:
            return last
        os.close(os.open(self._path(last + 1), os.O_CREAT | os.O_RDWR, 0o600))
        return last + 1

    def superfluous(self) -> Iterator[int]:
        """Return the oldest segments by which the folder is too large; never the last one, so that no number comes again."""
        size = 0
        for place, number in enumerate(reversed(self.numbers())):
            size += os.stat(self._path(number)).st_size
            if size > self._most and place > 0:
                yield number

    def drop(self, number: int) -> None:
        """Remove a segment. Who holds a place in it reads on."""
        self._path(number).unlink(missing_ok=True)

    def let_go(self) -> bool:
        """Let go of segments that are gone from the folder; say whether there were any."""
        gone = [number for number, segment in list(self._open.items()) if not self._is_same(number, segment)]
        for number in gone:
            self._open.pop(number, None)
        return bool(gone)

    def _is_same(self, number: int, segment: Segment) -> bool:
        try:
            found, held = self._path(number).stat(), os.fstat(segment.descriptor)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (held.st_dev, held.st_ino)

    def _path(self, number: int) -> Path:
        return self._folder / f"segment-{number:08}"
