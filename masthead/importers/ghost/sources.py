"""Where pictures and files come from: a folder of Ghost's, the zip of the export, or the running site."""

import zipfile
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

from masthead.core.fetching import Answered, FetchError, fetch_to
from masthead.importers.markdown.folder import is_within

LARGEST: Final = 2 * 1024**3  # bytes of one file
LARGEST_RATIO: Final = 200
SMALL: Final = 10 * 1024**2  # below, a file may be packed as tightly as it likes
CHUNK: Final = 1024**2


class SourceError(Exception):
    """A file that is there and cannot be taken; the message says why."""


class Source(Protocol):
    """Gives files by Ghost's paths, such as /content/images/2020/01/a.jpg, or by whole addresses."""

    def take(self, address: str, scratch: Path) -> Path | None:
        """Return a file with the content of this address, `scratch` itself if it had to be made; None if it has none.

        Raises SourceError for what is there and cannot be taken.
        """
        ...


class Folder:
    """Ghost's content folder, one that holds it, or its images folder. Nothing outside is read (CHECKS.md 88)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def take(self, address: str, scratch: Path) -> Path | None:
        """Return the file itself."""
        for path in _below(address):
            try:
                found = self.folder / path
                if is_within(found, self.folder) and found.is_file():
                    return found.resolve()
            except (OSError, ValueError):
                continue
        return None


class Zip:
    """The zip that the export came in."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.names = {_plain(one.filename): one for one in self.archive.infolist() if not one.is_dir()}

    def take(self, address: str, scratch: Path) -> Path | None:
        """Unpack one file to `scratch`; the name within the zip leads nowhere else."""
        found = next((self.names[path] for path in _below(address) if path in self.names), None)
        if found is None:
            return None
        if found.file_size > LARGEST or found.file_size > max(SMALL, found.compress_size * LARGEST_RATIO):
            raise SourceError("it unpacks to more than a file may be")
        try:
            with self.archive.open(found) as packed, scratch.open("wb") as out:
                left = found.file_size
                while left > 0 and (piece := packed.read(min(CHUNK, left))):
                    out.write(piece)
                    left -= len(piece)
        except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise SourceError(f"it cannot be unpacked: {error}") from error
        return scratch


class Site:
    """The running site; other sites, too, as posts show their pictures."""

    def __init__(self, home: str) -> None:
        self.home = home.rstrip("/")

    def take(self, address: str, scratch: Path) -> Path | None:
        """Fetch to `scratch`; None where the site says that there is nothing."""
        url = address if address.startswith("http") else self.home + quote(address, safe="/%:@!$&'()*+,;=~-._")
        try:
            fetch_to(url, scratch, most_bytes=LARGEST)
        except Answered as error:
            if error.status in (404, 410):
                return None
            raise SourceError(str(error)) from error
        except FetchError as error:
            raise SourceError(str(error)) from error
        return scratch


def _below(address: str) -> list[str]:
    """Return where below a folder an address of the site may be: with content/, without, and below its images."""
    if address.startswith("http") or "/content/" not in address:
        return []
    rest = address.split("/content/", 1)[1].lstrip("/")
    if ".." in rest.split("/") or "\0" in rest or "\\" in rest:
        return []
    return [f"content/{rest}", rest, rest.split("/", 1)[-1]]


def _plain(name: str) -> str:
    """Return a name within a zip from its content folder on."""
    parts = name.replace("\\", "/").split("/")
    start = parts.index("content") if "content" in parts else 0
    return "/".join(parts[start:])
