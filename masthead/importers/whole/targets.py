"""Where an export goes: a folder, or one archive. It appears under its name only when it is complete."""

import os
import shutil
import stat
import tarfile
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO

from masthead.core.carrying import OutError

PACKED = ("media/", "attachments/", "content/")  # files that are compressed as they are
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment of a ZIP; a real one would differ between two exports


class Target(ABC):
    """An export being written; files are for their owner alone, as they hold addresses."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def file(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Give one file to write to."""

    @abstractmethod
    def finish(self) -> None:
        """Give the whole its name."""

    @abstractmethod
    def discard(self) -> None:
        """Leave nothing behind."""


def target_for(path: Path) -> Target:
    """Open what the name asks for: .zip, .tar, or a folder; raises OutError where something is in the way."""
    kind = {".zip": ZipTarget, ".tar": TarTarget}.get(path.suffix.lower(), FolderTarget)
    if not path.parent.is_dir():
        raise OutError(f"There is no folder {path.parent}. Make it first.")
    if kind is not FolderTarget and path.exists():
        raise OutError(f"{path} is there already. Name a file that is not.")
    if kind is FolderTarget and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise OutError(f"{path} is not empty. Name a folder that is, or that is not there yet.")
    return kind(path)


class FolderTarget(Target):
    """A folder, written beside under a name that begins with a dot."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        place = self.folder
        for part in name.split("/")[:-1]:
            place = place / part
            place.mkdir(mode=stat.S_IRWXU, exist_ok=True)
        handle = os.open(self.folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
        with open(handle, "wb") as out:
            yield out

    def finish(self) -> None:
        try:
            self.folder.rename(self.path)  # replaces an empty folder, and no other
        except OSError as error:
            raise OutError(f"{self.path} is no longer empty; the export was not put there.") from error

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class ArchiveTarget(Target):
    """One file that holds a folder of its own name."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        self.inner = open(handle, "w+b")  # noqa: SIM115  (closed by finish or discard)
        self.unfinished = Path(name)

    def finish(self) -> None:
        self.inner.close()
        try:
            os.link(self.unfinished, self.path)  # never replaces what came there in between
        except FileExistsError as error:
            raise OutError(f"{self.path} came to be in the meantime; the export was not put there.") from error
        self.unfinished.unlink()

    def discard(self) -> None:
        with suppress(OSError):
            self.inner.close()
        self.unfinished.unlink(missing_ok=True)


class ZipTarget(ArchiveTarget):
    """A ZIP."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.archive = zipfile.ZipFile(self.inner, "w")

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        entry = zipfile.ZipInfo(f"{self.path.stem}/{name}", EPOCH)
        entry.external_attr = (stat.S_IFREG | stat.S_IRUSR | stat.S_IWUSR) << 16
        entry.compress_type = zipfile.ZIP_STORED if name.startswith(PACKED) else zipfile.ZIP_DEFLATED
        with self.archive.open(entry, "w", force_zip64=True) as out:
            yield out

    def finish(self) -> None:
        self.archive.close()
        super().finish()

    def discard(self) -> None:
        self.archive.fp = None  # else it writes its end as it is thrown away
        super().discard()


class TarTarget(ArchiveTarget):
    """A tar, which has to know a file's size before it; so each is written beside first."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.archive = tarfile.open(fileobj=self.inner, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  (as above)

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile(dir=self.path.parent) as out:
            yield out
            entry = tarfile.TarInfo(f"{self.path.stem}/{name}")
            entry.size, entry.mode = out.tell(), stat.S_IRUSR | stat.S_IWUSR
            out.seek(0)
            self.archive.addfile(entry, out)

    def finish(self) -> None:
        self.archive.close()
        super().finish()
