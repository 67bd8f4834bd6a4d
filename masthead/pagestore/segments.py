"""Segments: files to which bodies are appended, and which are dropped whole, the oldest first."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LARGEST = 64 * 1024 * 1024  # bytes; then the next one is begun
_NAME = re.compile(r"segment-([0-9]{8})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body stands: an open file, and its stretch of it in bytes."""

    file: int
    offset: int
    length: int

    def read(self) -> bytes:
        """Return the body; shorter than `length` if the file was cut. Raises OSError where it cannot be read."""
        return os.pread(self.file, self.length, self.offset)


class Segments:
    """The segments of a folder. Whoever appends holds the lock of the table (store.py)."""

    def __init__(self, folder: Path, *, most: int) -> None:
        """Use `folder`, with `most` bytes in all."""
        self._folder, self._most = folder, most
        self._files: dict[int, int] = {}

    def numbers(self) -> list[int]:
        """Return the numbers of the segments that are there, in order."""
        return sorted(int(found[1]) for name in os.listdir(self._folder) if (found := _NAME.fullmatch(name)))

    def file(self, number: int) -> int:
        """Return the open file of a segment; raises OSError if it is gone."""
        if number not in self._files:
            self._files[number] = os.open(self._path(number), os.O_RDWR)
        return self._files[number]

    def append(self, body: bytes) -> tuple[int, int]:
        """Write a body behind the last one; return the segment's number and the offset in it."""
        number = self._current()
        file = self.file(number)
        offset = os.fstat(file).st_size
        if os.pwrite(file, body, offset) != len(body):
            raise OSError("the disk is full")
        return number, offset

    def _current(self) -> int:
        numbers = self.numbers()
        last = numbers[-1] if numbers else 0
        if last and os.stat(self._path(last)).st_size < LARGEST:
            return last
        os.close(os.open(self._path(last + 1), os.O_CREAT | os.O_RDWR, 0o600))
        return last + 1

    def superfluous(self) -> Iterator[int]:
        """Return the oldest segments by which the folder is too large."""
        size = 0
        for number in reversed(self.numbers()):
            size += os.stat(self._path(number)).st_size
            if size > self._most:
                yield number

    def drop(self, number: int) -> None:
        """Remove a segment. Who has it open reads on until `close_dropped`."""
        self._path(number).unlink(missing_ok=True)

    def close_dropped(self) -> bool:
        """Close files whose segment is gone; say whether there were any. No Place in them may be read after."""
        gone = [number for number in self._files if not self._is_same(number)]
        for number in gone:
            os.close(self._files.pop(number))
        return bool(gone)

    def _is_same(self, number: int) -> bool:
        try:
            return self._path(number).stat().st_ino == os.fstat(self._files[number]).st_ino
        except OSError:
            return False

    def _path(self, number: int) -> Path:
        return self._folder / f"segment-{number:08}"
