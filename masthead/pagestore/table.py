"""The table of rendered pages: one connection to its file, made on the spot, and thrown away if it cannot be used."""

import contextlib
import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
logger = logging.getLogger(__name__)
NAME = "pages.sqlite3"
TABLE = """
CREATE TABLE IF NOT EXISTS rendered_page (
  path TEXT, key TEXT, told TEXT, position INTEGER, size INTEGER, segment INTEGER, offset INTEGER, length INTEGER, mac BLOB,
  PRIMARY KEY (path, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_segment ON rendered_page (segment);
CREATE INDEX IF NOT EXISTS by_position ON rendered_page (position);
"""


class Table:
    """One connection. It is opened when it is first needed, and anew if the file is another one than before."""

    def __init__(self, folder: Path, *, patience: float) -> None:
        """Use the table of `folder`; `patience` is how many seconds it waits for another connection's write."""
        self._folder, self._patience = folder, patience
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def tried(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the table; what goes wrong is logged and ends here.

        A table that is busy, a full disk and a folder that cannot be written end this act alone; a broken table is thrown away.
        """
        try:
            return act(self._opened())
        except (sqlite3.DatabaseError, OSError) as error:
            if _is_broken(error):
                logger.warning("The page store was thrown away: %s", error)
                self._throw_away()
            else:
                logger.warning("The page store is busy or cannot be used: %s", error)
                self.close()
        return None

    def close(self) -> None:
        """Close the connection; the next act opens one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is not None and self._inode_now() != self._inode:
            self.close()
        return self._connection or self._open()

    def _open(self) -> sqlite3.Connection:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            path = self._folder / NAME
            with contextlib.suppress(FileExistsError):  # SQLite's own files beside it get its mode
                # Never opened where it exists: closing it would end this process's locks on it (SQLite, "How To Corrupt", 2.2).
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            connection = sqlite3.connect(path, timeout=self._patience, isolation_level=None, check_same_thread=False)
            self._connection, self._inode = connection, path.stat().st_ino
            # Losing the last pages in a power cut costs rendering them; a torn one is found by its MAC.
            connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {TABLE}")
        return connection

    def _throw_away(self) -> None:
        self.close()
        with contextlib.suppress(OSError), self._alone():
            if self._inode_now() != self._inode:
                return  # another process has done so, and there is a new one already
            for path in self._folder.glob(f"{NAME}*"):
                path.unlink(missing_ok=True)

    def _inode_now(self) -> int:
        try:
            return (self._folder / NAME).stat().st_ino
        except OSError:
            return 0

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock under which the file is made and thrown away; raises OSError if another process holds it now."""
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(lock)


def _is_broken(error: Exception) -> bool:
    """Say whether it is the file's own fault: no table, another one than ours, or rubbish; not that it is busy or the disk full."""
    if not isinstance(error, sqlite3.OperationalError):
        return isinstance(error, sqlite3.DatabaseError)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
