"""Writing a whole publication down."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.core.files.storage import default_storage

from masthead.core.carrying import Table, carried_tables
from masthead.core.carrying.text import dump
from masthead.core.carrying.values import as_json
from masthead.core.models import Publication
from masthead.core.snapshot import snapshot
from masthead.importers.whole.manifest import NAME, Entry, Manifest
from masthead.importers.whole.targets import Target

Say = Callable[[str], None]
STEP = 10_000  # lines between two words about them
PIECE = 1024 * 1024  # bytes


@dataclass
class Out:
    """What was written, and what was not there to be."""

    manifest: Manifest
    missing: list[str] = field(default_factory=list)  # files that a row names and the storage has not


class Counted:
    """A file that knows what was written to it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.size, self.digest = out, 0, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        """Write, and count."""
        self.size += len(piece)
        self.digest.update(piece)
        return self.out.write(piece)


def take_out(target: Target, *, at: datetime, say: Say) -> Out:
    """Write everything that this database and storage hold of the publication, as they stand at one moment.

    Two exports of the same state are the same bytes, but for `exported_at` in the manifest. The site may go on
    running; memory does not grow with what is written. What fails leaves nothing behind.
    """
    try:
        out = _written(target, say)
        with target.file(NAME) as file:
            file.write(out.manifest.dump(exported_at=as_json(at)))
        target.finish()
    except BaseException:
        target.discard()
        raise
    return out


def _written(target: Target, say: Say) -> Out:
    files: list[tuple[str, str]] = []
    with snapshot():
        out = Out(Manifest(Publication.current().name))
        for table in carried_tables():
            with _counted(target, f"{table.name}.jsonl", out) as file:
                out.manifest.counts[table.name] = _lines(table, file, files, say)
    for number, (name, kept) in enumerate(files, 1):
        _copy(target, name, kept, out)
        if number % 100 == 0 or number == len(files):
            say(f"files: {number} of {len(files)}")
    return out


def _lines(table: Table, file: Counted, files: list[tuple[str, str]], say: Say) -> int:
    count = 0
    for line in table.lines():
        file.write(dump(line))
        if table.file is not None and (name := line[table.file.name]):
            files.append((name, table.file.storage_name(name)))
        count += 1
        if count % STEP == 0:
            say(f"{table.name}: {count}")
    if count % STEP:
        say(f"{table.name}: {count}")
    return count


def _copy(target: Target, name: str, kept: str, out: Out) -> None:
    try:
        original = default_storage.open(kept)
    except FileNotFoundError:
        out.missing.append(name)
        return
    with original, _counted(target, name, out) as file:
        shutil.copyfileobj(original, file, PIECE)


@contextmanager
def _counted(target: Target, name: str, out: Out) -> Iterator[Counted]:
    with target.file(name) as file:
        counted = Counted(file)
        yield counted
    out.manifest.files[name] = Entry(counted.size, counted.digest.hexdigest())
