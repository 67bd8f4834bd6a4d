"""Claims: one renderer at a time for each page, among all workers of a machine.

A claim is a lock on one byte of a file (fcntl(2)), so that the kernel gives it back should its holder be killed.
"""

import contextlib
import fcntl
import hashlib
import os
from pathlib import Path

BYTES = 1 << 30  # places in the file, which stays empty


class Claims:
    """The claims of this process; within the process, front.py sees to it that one page is claimed once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, name: str) -> int | None:
        """Claim a page; return what to give back, or None while another process renders it."""
        place = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) % BYTES
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return None
        return place

    def give_back(self, place: int) -> None:
        """End a claim."""
        with contextlib.suppress(OSError):
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
