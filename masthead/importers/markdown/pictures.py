"""Pictures that a text names: beside it, or where the generators keep them. Nothing outside the folder is read."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from masthead.content.models import Media
from masthead.content.uploading import LARGEST_BYTES, UploadError, keep_picture
from masthead.importers.markdown.folder import File, as_unicode, is_within

# Below the folder: what the generators copy to the root of the site (Hugo; Jekyll; Eleventy; either).
ROOTS = ("", "static", "assets", "public", "src")


class Pictures:
    """Finds the pictures of one file and keeps them; `names` are those it was asked for, `problems` what was amiss."""

    def __init__(self, file: File, at: datetime) -> None:
        self.file, self.at = file, at
        self.names: list[str] = []
        self.problems: list[str] = []

    def token(self, source: str) -> str | None:
        """Return the token of a picture's Media; None if there is no such picture."""
        media = self.media(source)
        return media.token if media else None

    def media(self, source: str) -> Media | None:
        """Keep the picture of this name and return it; None if there is no such picture."""
        if source.startswith("media:"):
            return Media.objects.filter(token=source.removeprefix("media:")).first()
        self.names.append(source)
        path = find_picture(self.file, source)
        if path is None:
            self.problems.append(f"the picture “{source[:120]}” is not in the folder")
            return None
        try:
            # One byte more than the largest is enough for it to be refused.
            with path.open("rb") as content:
                return keep_picture(content.read(LARGEST_BYTES + 1), as_unicode(path.name), at=self.at)
        except UploadError as error:
            self.problems.append(f"the picture “{source[:120]}”: {error}")
        except OSError as error:
            self.problems.append(f"the picture “{source[:120]}” cannot be read: {error.strerror}")
        return None


def find_picture(file: File, source: str) -> Path | None:
    """Return the file of a picture, by the name that the text has for it; None if it is not below the folder."""
    name = unquote(source.split("?")[0].split("#")[0])
    if not name or "://" in name or "\0" in name:
        return None
    below = name.lstrip("/")
    for path in (file.path.parent / below, *(file.folder / root / below for root in ROOTS)):
        try:
            if is_within(path, file.folder) and path.is_file():
                return path.resolve()
        except (OSError, ValueError):
            continue
    return None


def fingerprint(file: File, content: str, names: Iterable[str]) -> str:
    """Return what tells one state of a file from another: its kind, its text, and the bytes of its pictures."""
    parts = [file.kind, content]
    for name in sorted(set(names)):
        path = find_picture(file, name)
        parts += [name, _digest(path) if path else ""]
    whole = hashlib.sha256()
    for part in parts:
        written = part.encode("utf-8", "replace")
        whole.update(b"%d\n%b" % (len(written), written))
    return whole.hexdigest()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as content:
            return hashlib.sha256(content.read(LARGEST_BYTES + 1)).hexdigest()
    except OSError:
        return ""
