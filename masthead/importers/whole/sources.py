"""Where an export is read from: a folder, or one archive."""

import tarfile
import zipfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO

from masthead.core.carrying import OutError
from masthead.importers.whole.manifest import FOREIGN, LARGEST, NAME


class Source(ABC):
    """An export being read."""

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """Open one file; raises KeyError if it is not there."""

    def manifest(self) -> bytes:
        """Return the manifest; raises OutError if there is none."""
        try:
            with self.open(NAME) as file:
                return file.read(LARGEST)
        except KeyError as error:
            raise OutError(FOREIGN) from error


def source_at(path: Path) -> Source:
    """Open an export; raises OutError for what is none."""
    try:
        if path.is_dir():
            return FolderSource(path)
        if zipfile.is_zipfile(path):
            return ZipSource(path)
        return TarSource(path)
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise OutError(FOREIGN) from error


class FolderSource(Source):
    """A folder; a link in it that leads elsewhere is not followed."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def open(self, name: str) -> IO[bytes]:
        path = self.path / name
        if not path.is_file() or not path.resolve().is_relative_to(self.path):
            raise KeyError(name)
        return path.open("rb")


class ZipSource(Source):
    """A ZIP with one folder in it."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.names = _in_the_folder(self.archive.namelist())

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(self.names[name])


class TarSource(Source):
    """A tar with one folder in it."""

    def __init__(self, path: Path) -> None:
        self.archive = tarfile.open(path)  # noqa: SIM115  (closed with the process)
        self.names = _in_the_folder([entry.name for entry in self.archive.getmembers() if entry.isreg()])

    def open(self, name: str) -> IO[bytes]:
        file = self.archive.extractfile(self.names[name])
        if file is None:
            raise KeyError(name)
        return file


def _in_the_folder(names: list[str]) -> dict[str, str]:
    """Return where each file stands in the archive, by its name below the manifest's folder."""
    above = next((name.removesuffix(NAME) for name in sorted(names, key=len) if name.endswith(NAME)), "")
    return {name.removeprefix(above): name for name in names if name.startswith(above)}
