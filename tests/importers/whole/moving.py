"""Taking a publication out and in again, in one process and its database."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from masthead.core.carrying import carried_tables
from masthead.importers.whole.bringing_in import bring_in
from masthead.importers.whole.sources import source_at
from masthead.importers.whole.taking_out import Out, take_out
from masthead.importers.whole.targets import target_for


def out(path: Path) -> Out:
    """Export into a folder or archive."""
    return take_out(target_for(path), at=timezone.now(), say=lambda line: None)


def back(path: Path) -> None:
    """Import from there."""
    bring_in(source_at(path), at=timezone.now(), say=lambda line: None)


def wipe() -> None:
    """Empty every table that is carried, and the folder of uploads: what a new publication is."""
    for table in reversed(carried_tables()):
        table.rows.delete()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything in an export, but for the moment at which it was made."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found["manifest.json"])
    del manifest["exported_at"]
    return found | {"manifest.json": json.dumps(manifest).encode()}


def lines_of(folder: Path, table: str) -> list[dict[str, Any]]:
    """The lines of one table."""
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_bytes().splitlines()]


def sealed(folder: Path, manifest: dict[str, Any] | None = None) -> None:
    """Write hashes and sizes anew after a test has changed files, as somebody who edits an export would."""
    import hashlib

    told = manifest or json.loads((folder / "manifest.json").read_text())
    for name in told["files"]:
        text = (folder / name).read_bytes()
        told["files"][name] = {"size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(told))
