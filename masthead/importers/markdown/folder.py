"""The texts of a folder. Nothing outside the folder is read (CHECKS.md 88)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from masthead.importers.report import Report

ENDINGS = (".md", ".markdown", ".mdown")
DRAFTS = "_drafts"  # where Jekyll keeps what is not to be published


@dataclass(frozen=True)
class File:
    """One file on its way in."""

    folder: Path
    path: Path
    kind: str
    overwrite: bool = False

    @property
    def name(self) -> str:
        """Its path below the folder, as text: bytes that are no UTF-8 stand as escapes."""
        return as_unicode(self.path.relative_to(self.folder).as_posix())

    @property
    def is_among_drafts(self) -> bool:
        parts = (self.folder.name, *self.path.relative_to(self.folder).parent.parts)
        return DRAFTS in (part.lower() for part in parts)


def as_unicode(name: str) -> str:
    """Return a name of the file system as text that can be stored and printed."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def texts_in(folder: Path, report: Report) -> list[Path]:
    """Return every Markdown file below the folder, in order; links that lead out of it are reported instead."""
    found = []
    for path in _walk(folder, report):
        name = as_unicode(path.relative_to(folder).as_posix())
        if path.is_symlink() and not path.exists():
            report.problem(name, "is a link that leads nowhere; it was not read")
        elif not is_within(path, folder):
            report.problem(name, "is a link that leads out of the folder; it was not read")
        elif path.is_file() and path.suffix.lower() in ENDINGS:
            found.append(path)
    return sorted(found)


def _walk(folder: Path, report: Report) -> Iterator[Path]:
    """Go through files with our endings, and through linked folders without entering them."""

    def unread(error: OSError) -> None:
        report.problem(as_unicode(str(error.filename)), f"cannot be read: {error.strerror}")

    for root, folders, files in os.walk(folder, onerror=unread):
        yield from (path for name in folders if (path := Path(root, name)).is_symlink())
        yield from (path for name in files if (path := Path(root, name)).suffix.lower() in ENDINGS)


def is_within(path: Path, folder: Path) -> bool:
    """Whether the path, with all links followed, lies below the folder."""
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError, ValueError):  # a ring of links, or a name that no file can have
        return False
