"""The table RenderedPage, in a database of its own: what was rendered, for every worker of this machine and the next start.

It holds gated words, and nothing that is not rendered anew when it is lost: it stands in no backup, and a file that cannot be
used is thrown away. It is no Django database: the event loop reads it (8 microseconds), and it is made on the spot.
"""

import hashlib
import hmac
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from masthead.pagestore.rendered import Rendered
from masthead.pagestore.segments import Place, Segments

T = TypeVar("T")
logger = logging.getLogger(__name__)
NAME = "pages.sqlite3"
BUSY = 0.5  # seconds that a write waits for another; then the page is not kept
TABLE = """
CREATE TABLE IF NOT EXISTS rendered_page (
  path TEXT, key TEXT, told TEXT, size INTEGER, segment INTEGER, offset INTEGER, length INTEGER, mac BLOB, made REAL,
  PRIMARY KEY (path, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_segment ON rendered_page (segment);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A page of the table: what it is, the length of its body, and where that stands, in Brotli."""

    rendered: Rendered
    size: int
    place: Place


class Store:
    """Rendered pages on this machine's disk."""

    def __init__(self, folder: Path, *, key: bytes, most: int) -> None:
        """Use `folder`, made if it is not there. Rows not written under `key` count as none. `most` is in bytes."""
        self._folder, self.key, self._most = folder, key, most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._open()

    def find(self, path: str) -> list[Stored]:
        """Return what is kept of a path, for every Reader key; nothing where the store cannot be read."""
        return self._tried(partial(self._find, path)) or []

    def _find(self, path: str, connection: sqlite3.Connection) -> list[Stored]:
        rows = connection.execute(
            "SELECT told, size, segment, offset, length, mac FROM rendered_page WHERE path = ?", [path]
        ).fetchall()
        return [stored for row in rows if (stored := self._checked(*row)) is not None]

    def keep(self, rendered: Rendered, *, size: int, packed: bytes, key: bytes | None = None) -> Stored | None:
        """Keep a page whose body, `size` bytes, is `packed` in Brotli; None where it cannot be kept.

        `key` is the one that was in force when the page was begun.
        """
        return self._tried(partial(self._keep, rendered, size, packed, key or self.key))

    def _keep(self, rendered: Rendered, size: int, packed: bytes, key: bytes, connection: sqlite3.Connection) -> Stored:
        told = rendered.written()
        connection.execute("BEGIN IMMEDIATE")
        try:
            number, offset = self._segments.append(packed)
            row = (rendered.path, rendered.key, told, size, number, offset, len(packed))
            mac = _mac(key, told, size, packed)
            connection.execute(
                "REPLACE INTO rendered_page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, mac, time.time()]
            )
            self._drop_oldest(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return Stored(rendered, size, Place(self._segments.file(number), offset, len(packed)))

    def renew(self) -> bool:
        """Close what is gone from the folder; say whether anything was: no Place given out before may be read after."""
        with self._lock:
            if self._connection is not None and not self._is_same():
                self._close()
            return self._segments.close_dropped()

    def _is_same(self) -> bool:
        try:
            return (self._folder / NAME).stat().st_ino == self._inode
        except OSError:
            return False

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._segments = Segments(self._folder, most=self._most)
        path = self._folder / NAME
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        # Losing the last pages in a power cut costs rendering them; a torn one is found by its MAC.
        connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {TABLE}")
        path.chmod(0o600)
        self._connection, self._inode = connection, path.stat().st_ino

    def _tried(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the table; what goes wrong with the store is logged and ends here."""
        with self._lock:
            try:
                if self._connection is None:
                    self._open()
                return act(self._connection) if self._connection else None
            except sqlite3.OperationalError as error:
                logger.warning("The page store is busy or cannot be used: %s", error)
                self._close()
            except (sqlite3.DatabaseError, OSError) as error:
                logger.warning("The page store was thrown away: %s", error)
                self._throw_away()
        return None

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _throw_away(self) -> None:
        self._close()
        for path in self._folder.glob(f"{NAME}*"):
            path.unlink(missing_ok=True)

    def _checked(self, told: str, size: int, segment: int, offset: int, length: int, mac: bytes) -> Stored | None:
        """Return a page if every byte of it is as it was written by this software under this publication's secret."""
        try:
            place = Place(self._segments.file(segment), offset, length)
            if not hmac.compare_digest(_mac(self.key, told, size, place.read()), mac):
                return None
            return Stored(Rendered.parsed(told), size, place)
        except (OSError, ValueError, TypeError):
            return None

    def _drop_oldest(self, connection: sqlite3.Connection) -> None:
        for number in self._segments.superfluous():
            connection.execute("DELETE FROM rendered_page WHERE segment = ?", [number])
            self._segments.drop(number)


def _mac(key: bytes, told: str, size: int, packed: bytes) -> bytes:
    said = hashlib.blake2b(f"{size}\n{told}\n".encode(), key=key, digest_size=16, person=b"masthead-page")
    said.update(packed)
    return said.digest()
