"""The shared counter: eight bytes in a file that every process reads, changed after each commit that purges something.

Looking costs half a microsecond. It is read and not mapped: a file that somebody cuts short would end a process that
maps it. What is written is random: it only has to differ from what was there.
"""

import os
import secrets
from pathlib import Path

SIZE = 8  # bytes


class Counter:
    """The counter of one publication, as this process sees it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._inode = 0

    def renew(self) -> bool:
        """Open the file anew if it is another one than before, made if it is missing; say whether it was."""
        try:
            if self._file >= 0 and self._path.stat().st_ino == self._inode:
                return False
        except FileNotFoundError:
            pass
        self._open()
        return True

    def _open(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        self._inode = os.fstat(self._file).st_ino

    def value(self) -> bytes:
        """Return what is there now; raises OSError where nothing can be read."""
        return os.pread(self._file, SIZE, 0)

    def change(self) -> None:
        """Let every process see that something was purged; raises OSError where the file cannot be written.

        Any thread may call this: it opens the file for itself, and never writes to a number that was given to another file.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, secrets.token_bytes(SIZE), 0)
        finally:
            os.close(file)
