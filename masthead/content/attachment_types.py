"""What kind of file an attachment is, found from its first bytes and its name, out of a short list."""

from collections.abc import Callable
from typing import Final

UNKNOWN: Final = "application/octet-stream"
HEAD: Final = 4096  # bytes that are looked at


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signatures)


def _box(head: bytes) -> bool:
    """ISO base media (ISO/IEC 14496-12): MP4, M4A, QuickTime."""
    return head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == kind


def _mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _text(head: bytes) -> bool:
    try:
        head[: HEAD - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(head[: HEAD - 4]) or error.reason != "unexpected end of data":
            return False
    return b"\0" not in head


_ZIP = _starts(b"PK\x03\x04", b"PK\x05\x06")
_MATROSKA = _starts(b"\x1aE\xdf\xa3")
_OGG = _starts(b"OggS")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

# Ending -> (media type, what its first bytes must be). Nothing that a browser runs, styles or transforms is in it.
KNOWN: Final[dict[str, tuple[str, Callable[[bytes], bool]]]] = {
    "mp3": ("audio/mpeg", _mp3),
    "m4a": ("audio/mp4", _box),
    "aac": ("audio/aac", _mp3),
    "ogg": ("audio/ogg", _OGG),
    "oga": ("audio/ogg", _OGG),
    "opus": ("audio/ogg", _OGG),
    "wav": ("audio/wav", _riff(b"WAVE")),
    "flac": ("audio/flac", _starts(b"fLaC")),
    "mp4": ("video/mp4", _box),
    "m4v": ("video/mp4", _box),
    "mov": ("video/quicktime", _box),
    "webm": ("video/webm", _MATROSKA),
    "ogv": ("video/ogg", _OGG),
    "jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "gif": ("image/gif", _starts(b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", _riff(b"WEBP")),
    "pdf": ("application/pdf", _starts(b"%PDF-")),
    "epub": ("application/epub+zip", _ZIP),
    "zip": ("application/zip", _ZIP),
    "gz": ("application/gzip", _starts(b"\x1f\x8b")),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": (f"{_OPEN}.text", _ZIP),
    "ods": (f"{_OPEN}.spreadsheet", _ZIP),
    "odp": (f"{_OPEN}.presentation", _ZIP),
    "txt": ("text/plain", _text),
    "csv": ("text/csv", _text),
    "vtt": ("text/vtt", _text),
    "ics": ("text/calendar", _text),
}
_SHOWN = ("audio/", "video/", "image/")


def type_of(head: bytes, name: str) -> str:
    """Return the media type if ending and first bytes agree on one of the list, else application/octet-stream.

    HTML, SVG, XML and scripts are in no list: whatever their name, they are bytes to take away (CHECKS.md 84, 85).
    """
    kind, fits = KNOWN.get(name.rpartition(".")[2].lower(), (UNKNOWN, lambda _head: True))
    return kind if fits(head) else UNKNOWN


def is_known(kind: str) -> bool:
    """Say whether a media type is one that `type_of` gives: no other is ever sent."""
    return kind == UNKNOWN or any(kind == known for known, _ in KNOWN.values())


def is_shown(kind: str) -> bool:
    """Say whether a browser plays or shows the file itself; everything else it keeps on the reader's disk."""
    return kind.startswith(_SHOWN)
