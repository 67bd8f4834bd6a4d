"""Attachments: keeping a file, and noting which posts show it."""

import hashlib
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from masthead.content.attachment_types import HEAD, type_of
from masthead.content.document import Document, file_ids
from masthead.content.document.attached import Attached
from masthead.content.models.attachment import Attachment, AttachmentUse
from masthead.content.models.post import Post
from masthead.core.ids import new_token

LARGEST_BYTES: Final = 1024**3
LONGEST_NAME: Final = 200  # characters


class AttachmentError(ValueError):
    """A file that cannot be kept; the message says why and what to do."""


def keep_attachment(content: bytes | Path, name: str, *, at: datetime) -> Attachment:
    """Keep a file and return its Attachment; the same bytes again return the one that is there.

    A path is copied in pieces and never held in memory. Refuses (AttachmentError) an empty file and one over 1 GB.
    """
    with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as source:
        return _kept(source, _safe_name(name), at)


def _kept(source: IO[bytes], name: str, at: datetime) -> Attachment:
    token = new_token()
    copied = _Copied(source, name=name)
    place = f"attachments/{token}"
    try:
        place = default_storage.save(place, copied)
    except BaseException:
        default_storage.delete(place)
        raise
    digest = copied.digest.hexdigest()
    known = Attachment.objects.filter(sha256=digest).first()
    if known is not None or not copied.count:
        default_storage.delete(place)
    if not copied.count:
        raise AttachmentError(_("This file is empty. Choose another."))
    if known is not None:
        return known
    kind = type_of(copied.head, name)
    return Attachment.objects.create(
        token=token, file=place, name=name, sha256=digest, size=copied.count, type=kind, uploaded_at=at
    )


class _Copied(File[bytes]):
    """A file that is hashed, counted and looked at while it is copied."""

    def __init__(self, source: IO[bytes], *, name: str) -> None:
        super().__init__(source, name)
        self.digest, self.count, self.head = hashlib.sha256(), 0, b""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for chunk in super().chunks(chunk_size):
            self.count += len(chunk)
            if self.count > LARGEST_BYTES:
                raise AttachmentError(_("This file is larger than 1 GB. Make it smaller and upload it again."))
            self.digest.update(chunk)
            self.head = self.head or chunk[:HEAD]
            yield chunk


def _safe_name(name: str) -> str:
    """Return the last part of a file name without what could mislead: controls, turned writing, dots in front."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = " ".join(shown.split()).strip(". ").rpartition(".")
    whole = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if len(ending) < 20 else shown[:LONGEST_NAME]
    return whole or "file"


def path_of(attachment: Attachment) -> str:
    """Return the address of a file."""
    return f"/files/{attachment.token}/{quote(attachment.name, safe='')}"


def files_of(tokens: Collection[str]) -> Mapping[str, Attached]:
    """Describe the files with these tokens, for `Page.files`; one that is unknown is left out."""
    if not tokens:
        return {}
    rows = Attachment.objects.filter(token__in=tokens)
    return {row.token: Attached(path_of(row), row.name, row.size, row.type) for row in rows}


def record_uses(post: Post, opening: Document, body: Document | None, blocks: Iterable[Document] = ()) -> None:
    """Note which files the post shows from now on, in the transaction that publishes it.

    `opening` and `body` are what was stored, without what stands in `audience` nodes; that is `blocks`. A file in the
    opening is open to anyone; every other is fetched by whoever gets to see the place where it stands.
    """
    shown = set(file_ids(opening))
    sealed = {token for part in (body, *blocks) if part is not None for token in file_ids(part)}
    rows = Attachment.objects.filter(token__in=shown | sealed)
    forget_uses(post)
    AttachmentUse.objects.bulk_create(
        AttachmentUse(attachment=row, post=post, is_open=row.token in shown) for row in rows
    )


def forget_uses(post: Post) -> None:
    """Note that the post shows no file any more, in the transaction that takes it down."""
    AttachmentUse.objects.filter(post=post).delete()
