"""What the addresses of pictures and files in an export mean."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

GHOST_URL: Final = "__GHOST_URL__"
SIZED: Final = re.compile(r"/content/images/size/w\d+(?:h\d+)?/(?:format/\w+/)?")
STORED: Final = re.compile(r"/content/(?:images|media|files)/.+")


@dataclass(frozen=True)
class Place:
    """One picture or file: its path at Ghost, if it is the site's or may be, and its whole address, if it has one."""

    path: str
    url: str

    @property
    def key(self) -> str:
        """What it is remembered by: the same for every way to write its address."""
        return self.url or self.path

    @property
    def name(self) -> str:
        return PurePosixPath(unquote(urlsplit(self.url).path) if self.url else self.path).name or "file"

    def spellings(self) -> list[str]:
        """The paths to look at: as it stands, and the copy that Ghost keeps of it as it was uploaded, or the other way round."""
        if not self.path:
            return []
        pure = PurePosixPath(self.path)
        stem = pure.stem.removesuffix("_o") if pure.stem.endswith("_o") else f"{pure.stem}_o"
        return [self.path, str(pure.with_name(stem + pure.suffix))]


def place_of(address: str, home: str) -> Place | None:
    """Return what an address means; None for what is no address of a file.

    Copies in other sizes count as the picture itself. An address of another site keeps its whole address, and a path
    if it may be an older name of this site.
    """
    address = address.strip().split("#")[0]
    if address.startswith(GHOST_URL):
        return _at_home(address.removeprefix(GHOST_URL))
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if not parts.scheme and not host:
        return _at_home(address)
    if parts.scheme not in ("http", "https") or not host:
        return None
    if home and host == (urlsplit(home).hostname or ""):
        return _at_home(parts.path)
    return Place(_path(parts.path), parts._replace(fragment="").geturl())


def _at_home(address: str) -> Place | None:
    path = _path(address)
    return Place(path, "") if path else None


def _path(address: str) -> str:
    """Return the path from /content/ on, of the picture itself, without escapes; empty for what Ghost does not store."""
    address = address.split("?")[0]
    found = STORED.search(SIZED.sub("/content/images/", "/" + address.lstrip("/")))
    if not found:
        return ""
    path = unquote(found[0])
    is_amiss = "\0" in path or "\\" in path or ".." in path.split("/")
    return "" if is_amiss else path
