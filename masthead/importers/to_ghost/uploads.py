"""Pictures and files by the addresses that they have at Ghost."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from masthead.content.document import Document, Picture, Rendition, file_ids, media_ids, to_html
from masthead.content.document.attached import Attached
from masthead.content.models import Attachment, Media
from masthead.core.carrying.columns import is_safe_name
from masthead.importers.models import Counterpart

HOME: Final = "__GHOST_URL__"
OUR_NAMES: Final = re.compile(r'(<\w+) data-media="[\w-]*"')  # of pictures: tokens that say nothing elsewhere
FOLDERS: Final = ("/content/images/", "/content/media/", "/content/files/")


class Uploads:
    """Addresses by token: the one that it had at Ghost, or a new one that no other has."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}  # token -> name in our storage
        self.paths: dict[str, str] = {}  # token -> path at Ghost
        self.sizes: dict[str, tuple[int, int]] = {}
        taken: set[str] = set()
        images, files = _known("image"), _known("file")
        for media in Media.objects.order_by("pk").iterator():
            path = images.get(media.token, "") or _picture_path(media)
            self._keep(media.token, path, _picture_path(media), str(media.file.name), taken)
            self.sizes[media.token] = (media.width, media.height)
        for row in Attachment.objects.order_by("pk").iterator():
            path = files.get(row.token, "") or _file_path(row)
            self._keep(row.token, path, _file_path(row), str(row.file.name), taken)

    def _keep(self, token: str, path: str, other: str, kept: str, taken: set[str]) -> None:
        path = other if path in taken else path
        taken.add(path)
        self.paths[token], self.kept[token] = path, kept

    def address(self, token: str) -> str:
        """Return the address of an upload; '' for none."""
        return HOME + self.paths[token] if token in self.paths else ""

    def picture(self, token: str) -> str | None:
        """Return the address of a picture for a column; None for none."""
        return self.address(token) or None

    def files(self) -> Iterator[tuple[str, str]]:
        """Return each file as its name in the export and its name in our storage."""
        for token, path in self.paths.items():
            if self.kept[token]:
                yield path.removeprefix("/"), self.kept[token]

    def html(self, document: Document) -> str:
        """Write a document with these addresses."""
        pictures = {token: self._picture(token) for token in media_ids(document) if token in self.sizes}
        rows = Attachment.objects.filter(token__in=file_ids(document))
        files = {row.token: Attached(self.address(row.token), row.name, row.size, row.type) for row in rows}
        return OUR_NAMES.sub(r"\1", str(to_html(document, pictures=pictures, files=files, base=HOME)))

    def _picture(self, token: str) -> Picture:
        width, height = self.sizes[token]
        return Picture(width, height, (Rendition("jpeg", width, self.address(token)),))


def _known(kind: str) -> dict[str, str]:
    """Return the path that each upload had at Ghost, by its token; the shortest of several."""
    found: dict[str, str] = {}
    rows = Counterpart.objects.filter(source="ghost", kind=kind).order_by("pk").values_list("facts", flat=True)
    for facts in rows.iterator():
        path, token = str(facts.get("address", "")), str(facts.get("token", ""))
        if path.startswith(FOLDERS) and is_safe_name(path[1:]):
            found.setdefault(token, path)
    return found


def _picture_path(media: Media) -> str:
    ending = PurePosixPath(str(media.file.name)).suffix
    return f"/content/images/{media.uploaded_at:%Y/%m}/{media.token}{ending}"


def _file_path(row: Attachment) -> str:
    folder = "media" if row.type.startswith(("audio/", "video/")) else "files"
    name = row.name if is_safe_name(row.name) else "file"
    return f"/content/{folder}/{row.uploaded_at:%Y/%m}/{row.token}/{name}"
