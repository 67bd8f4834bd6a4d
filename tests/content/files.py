"""Picture files that carry words in their metadata."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

CAPTION, ARTIST, ORIENTATION, GPS = 0x010E, 0x013B, 0x0112, 0x8825


def drawn(
    width: int = 80, height: int = 60, *, format: str = "JPEG", colour: Any = (20, 90, 160), **more: Any
) -> bytes:
    """Draw a picture with nothing but pixels, unless `more` says so."""
    out = io.BytesIO()
    mode = "RGBA" if len(colour) == 4 else "RGB"
    Image.new(mode, (width, height), colour).save(out, format, **more)
    return out.getvalue()


def exif(words: Mapping[int, Any]) -> Image.Exif:
    """Return EXIF with these tags."""
    made = Image.Exif()
    for tag, value in words.items():
        made[tag] = value
    return made


def xmp(inner: str) -> bytes:
    """Return an XMP packet with these elements in its description."""
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    )
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}><rdf:Description rdf:about="">{inner}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def alternatives(name: str, *words: str) -> str:
    """Return an XMP element with alternatives."""
    items = "".join(f'<rdf:li xml:lang="x-default">{word}</rdf:li>' for word in words)
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def iptc(records: Mapping[int, bytes]) -> bytes:
    """Return a Photoshop segment with IPTC-IIM records of part 2 (IIM 4.2, 1.5)."""
    iim = b"".join(b"\x1c\x02" + bytes([tag]) + len(text).to_bytes(2) + text for tag, text in records.items())
    resource = b"8BIM\x04\x04\x00\x00" + len(iim).to_bytes(4) + iim + b"\0" * (len(iim) % 2)
    return b"Photoshop 3.0\x00" + resource


def with_segment(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    """Put a segment right behind the beginning of a JPEG."""
    return jpeg[:2] + bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2) + payload + jpeg[2:]
