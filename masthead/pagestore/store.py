"""The table RenderedPage, in a database of its own: what was rendered, for every worker of this machine and the next start.

It holds gated words, and nothing that is not rendered anew when it is lost: it stands in no backup, and a file that cannot be
used is thrown away. It is no Django database: the event loop reads it (8 microseconds), and it is made on the spot.
"""

import hashlib
import hmac
import sqlite3
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from masthead.pagestore.rendered import Rendered
from masthead.pagestore.segments import MARK, Place, Segments
from masthead.pagestore.table import Table

BUSY = 0.5  # seconds that a write waits for another; then the page is not kept
# A page that was rendered before another one and comes after it does not take its row.
KEEP = """
INSERT INTO rendered_page (path, key, told, position, size, segment, offset, length, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (path, key) DO UPDATE SET told = excluded.told, position = excluded.position, size = excluded.size,
  segment = excluded.segment, offset = excluded.offset, length = excluded.length, mac = excluded.mac
WHERE excluded.position >= rendered_page.position
"""
PRESS = "UPDATE rendered_page SET segment = ?, offset = ?, length = ?, mac = ? WHERE path = ? AND key = ? AND mac = ?"


@dataclass(frozen=True, slots=True)
class Stored:
    """A page of the table: what it is, the length of its body, and where that stands, in Brotli."""

    rendered: Rendered
    size: int
    place: Place


class Store:
    """Rendered pages on this machine's disk: written by any thread, read by one, which never waits for those who write."""

    def __init__(self, folder: Path, *, key: bytes, most: int) -> None:
        """Use `folder`, made if it is not there. Rows not written under `key` count as none. `most` is in bytes."""
        self.key = key
        self._segments = Segments(folder, most=most)
        self._lock = threading.Lock()  # of those who write
        self._written, self._read = Table(folder, patience=BUSY), Table(folder, patience=0)
        self.find("")  # opens both connections, before the event loop runs
        self.forget_after(2**62)

    def find(self, path: str) -> list[Stored]:
        """Return what is kept of a path, for every Reader key; nothing where the store cannot be read. Never waits."""
        return self._read.tried(partial(self._find, path)) or []

    def _find(self, path: str, connection: sqlite3.Connection) -> list[Stored]:
        rows = connection.execute(
            "SELECT told, size, segment, offset, length, mac FROM rendered_page WHERE path = ?", [path]
        ).fetchall()
        return [stored for row in rows if (stored := self._checked(*row)) is not None]

    def keep(self, rendered: Rendered, *, size: int, packed: bytes, key: bytes | None = None) -> Stored | None:
        """Keep a page whose body, `size` bytes, is `packed` in Brotli; None where it cannot be kept.

        A row of a page that was rendered from a later position of the purge log stays, and this page has its place beside it.
        `key` is the one that was in force when the page was begun; with another one by now it is not kept.
        """
        if self._segments.is_too_large(len(packed)) or key not in (None, self.key):
            return None
        with self._lock:
            return self._written.tried(partial(self._keep, rendered, size, packed, key or self.key))

    def _keep(self, rendered: Rendered, size: int, packed: bytes, key: bytes, connection: sqlite3.Connection) -> Stored:
        told = rendered.written()
        mac = _mac(key, told, size, packed)
        with _Transaction(connection):
            number, offset = self._segments.append(mac, packed)
            row = (told, rendered.position, size, number, offset, len(packed), mac)
            connection.execute(KEEP, [rendered.path, rendered.key, *row])
            self._drop_oldest(connection)
        return Stored(rendered, size, self._segments.place(number, offset, len(packed), mac))

    def press(self, rendered: Rendered, *, size: int, former: bytes, packed: bytes) -> Stored | None:
        """Put a smaller body in the place of the `former` one; None if another page stands there, or the key is another."""
        with self._lock:
            return self._written.tried(partial(self._press, rendered, size, former, packed))

    def _press(
        self, rendered: Rendered, size: int, former: bytes, packed: bytes, connection: sqlite3.Connection
    ) -> Stored | None:
        key, told = self.key, rendered.written()
        mac = _mac(key, told, size, packed)
        with _Transaction(connection):
            number, offset = self._segments.append(mac, packed)
            replaced = (rendered.path, rendered.key, _mac(key, told, size, former))
            changed = connection.execute(PRESS, [number, offset, len(packed), mac, *replaced]).rowcount
            self._drop_oldest(connection)
        return Stored(rendered, size, self._segments.place(number, offset, len(packed), mac)) if changed else None

    def forget_after(self, position: int) -> None:
        """Forget pages from later positions than the purge log has: a backup was brought back that does not know them."""
        with self._lock:
            self._written.tried(
                lambda connection: connection.execute("DELETE FROM rendered_page WHERE position > ?", [position])
            )

    def renew(self) -> bool:
        """Let go of files that are gone from the folder; say whether there were any. Never waits."""
        return self._segments.let_go()

    def _checked(self, told: str, size: int, segment: int, offset: int, length: int, mac: bytes) -> Stored | None:
        """Return a page if every byte of it is as it was written by this software under this publication's secret."""
        try:
            if self._segments.is_too_large(length):
                return None
            place = self._segments.place(segment, offset, length, mac)
            if not hmac.compare_digest(_mac(self.key, told, size, place.read()), mac):
                return None
            return Stored(Rendered.parsed(told), size, place)
        except (OSError, ValueError, TypeError):
            return None

    def _drop_oldest(self, connection: sqlite3.Connection) -> None:
        for number in self._segments.superfluous():
            # Every earlier one, too: a process that was killed here may have dropped a segment and left its rows.
            connection.execute("DELETE FROM rendered_page WHERE segment <= ?", [number])
            self._segments.drop(number)


def _mac(key: bytes, told: str, size: int, packed: bytes) -> bytes:
    said = hashlib.blake2b(f"{size}\n{told}\n".encode(), key=key, digest_size=MARK, person=b"masthead-page")
    said.update(packed)
    return said.digest()


class _Transaction:
    """A transaction that writes; it waits for its lock at the beginning and then for nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._connection.execute("COMMIT")
        elif self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
