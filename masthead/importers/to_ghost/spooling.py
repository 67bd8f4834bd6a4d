"""Rows of many tables, written at once and put one table behind the other at the end."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import IO, Any, Final

IN_MEMORY: Final = 1024 * 1024  # bytes of a table
# As Ghost 6 writes them; its importer asks for nothing newer.
VERSION: Final = "6.0.0"
TABLES: Final = """posts posts_authors posts_meta posts_tags posts_products roles roles_users settings tags users products
benefits products_benefits stripe_products stripe_prices newsletters offers snippets""".split()


class Spool:
    """The tables of an export; memory does not grow with their rows."""

    def __init__(self) -> None:
        self.files = {name: tempfile.SpooledTemporaryFile(IN_MEMORY) for name in TABLES}  # noqa: SIM115  (closed in `write`)
        self.counts = dict.fromkeys(TABLES, 0)

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a row."""
        file = self.files[table]
        file.write((b",\n" if self.counts[table] else b"") + json.dumps(row, ensure_ascii=True).encode())
        self.counts[table] += 1

    def write(self, out: IO[bytes], *, at: datetime) -> None:
        """Write all as one JSON object, and forget the rows."""
        meta = {"exported_on": int(at.timestamp() * 1000), "version": VERSION}
        out.write(b'{"db": [{"meta": ' + json.dumps(meta).encode() + b', "data": {')
        for number, (name, file) in enumerate(self.files.items()):
            out.write((b",\n" if number else b"\n") + json.dumps(name).encode() + b": [")
            file.seek(0)
            shutil.copyfileobj(file, out)
            file.close()
            out.write(b"]")
        out.write(b"}}]}\n")


def moment(at: datetime | None) -> str | None:
    """Return a moment as Ghost writes it: UTC, to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z" if at else None


def flag(value: object) -> int:
    """Return 1 or 0."""
    return 1 if value else 0
