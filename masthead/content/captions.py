"""Caption and credit as a picture's own file carries them: XMP first, then IPTC-IIM, then EXIF."""

from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

# IPTC-IIM 4.2, record 2: 120 Caption/Abstract, 110 Credit, 80 By-line.
IIM_CAPTION, IIM_CREDIT, IIM_BYLINE = (2, 120), (2, 110), (2, 80)
EXIF_DESCRIPTION, EXIF_ARTIST, EXIF_ORIENTATION = 0x010E, 0x013B, 0x0112
LONGEST = 2000  # characters


def captions_of(image: ImageFile.ImageFile) -> tuple[str, str]:
    """Return (caption, credit) from the file's metadata; empty where it has none. Never raises for broken metadata."""
    sources = [_xmp(image), _iim(image), _exif(image)]
    caption = next((caption for caption, _ in sources if caption), "")
    credit = next((credit for _, credit in sources if credit), "")
    return caption[:LONGEST], credit[:LONGEST]


def _xmp(image: Image.Image) -> tuple[str, str]:
    try:
        described = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    except Exception:  # absent, or broken XML: the picture itself is fine
        return "", ""
    parts = described if isinstance(described, list) else [described]
    merged: dict[str, Any] = {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}
    return _words(merged.get("description")), _words(merged.get("Credit")) or _words(merged.get("creator"))


def _words(value: Any) -> str:
    """Find the first text in an XMP value, which may be a text, a list, or an Alt/Seq of items."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return next((found for found in map(_words, value) if found), "")
    if isinstance(value, dict):
        if "text" in value:
            return _words(value["text"])
        return next((found for key in ("Alt", "Seq", "Bag", "li") if (found := _words(value.get(key)))), "")
    return ""


def _iim(image: ImageFile.ImageFile) -> tuple[str, str]:
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # broken APP13 segment
        return "", ""
    return _decoded(records.get(IIM_CAPTION)), _decoded(records.get(IIM_CREDIT)) or _decoded(records.get(IIM_BYLINE))


def is_turned(image: Image.Image) -> bool:
    """Say whether a camera held on its side took the picture (EXIF 2.32, 4.6.4 A: Orientation); broken metadata says no."""
    try:
        return image.getexif().get(EXIF_ORIENTATION, 1) in (5, 6, 7, 8)
    except Exception:  # as in _exif
        return False


def _exif(image: Image.Image) -> tuple[str, str]:
    try:
        exif = image.getexif()
    except Exception:  # no TIFF header, or offsets that point nowhere
        return "", ""
    return _decoded(exif.get(EXIF_DESCRIPTION)), _decoded(exif.get(EXIF_ARTIST))


def _decoded(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else b""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    return value.replace("\0", "").strip() if isinstance(value, str) else ""
