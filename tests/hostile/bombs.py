"""Picture files made by hand: larger than they look, broken, two things at once, or no pictures at all."""

import io
import struct
import zlib
from collections.abc import Iterable

from PIL import Image

SCRIPT = b"<script>hArM(1)</script>"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *extra: bytes, rows: Iterable[bytes] | None = None, colour: int = 0) -> bytes:
    """A PNG of this size that is black all over, with further chunks; `rows` replaces what is in it."""
    depth = {0: 1, 2: 3, 6: 4}[colour]
    packer, packed = zlib.compressobj(9), []
    for row in rows if rows is not None else (b"\0" * (1 + width * depth) for _ in range(height)):
        packed.append(packer.compress(row))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    body = chunk(b"IDAT", b"".join(packed) + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + body + chunk(b"IEND", b"")


def inflating_text(size: int) -> bytes:
    """A compressed text chunk that inflates to `size` bytes."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    return chunk(b"zTXt", b"Comment\0\0" + content)


def gif(frames: int, width: int = 4, height: int = 4) -> bytes:
    """A GIF of so many frames."""
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x84\x51\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * frames + b";"


def jpeg(*, exif: bytes = b"", colour: tuple[int, int, int] = (90, 20, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def gps_jpeg() -> bytes:
    """A JPEG whose EXIF tells where, with what and by whom it was made, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "SECRETCAMERA", "Photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 42.0, 0.0), 3: "W", 4: (9.0, 8.0, 0.0), 29: "2026:01:01"})
    exif.get_ifd(0x8769)[0x9286] = b"SECRETCOMMENT"
    return jpeg(exif=exif.tobytes())


def saved(format: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (16, 12), 0).save(out, format)
    return out.getvalue()


HUGE = {
    "PNG of 30000 x 30000, header only": png(30_000, 30_000, rows=[b""]),
    "PNG of 2147483647 x 2147483647": png(2**31 - 1, 2**31 - 1, rows=[b""]),
    "PNG of 65000 x 1000": png(65_000, 1_000, rows=[b""]),
    "GIF of 65535 x 65535": gif(1, 65_535, 65_535),
    "JPEG of 65000 x 65000": jpeg().replace(b"\x08\x00\x30\x00\x40", struct.pack(">BHH", 8, 65_000, 65_000)),
    "text that inflates to 300 MB": png(8, 8, inflating_text(300_000_000)),
    "many texts that inflate": png(8, 8, *[inflating_text(20_000_000)] * 60),
}
NO_PICTURES = {
    "HTML": b"<!DOCTYPE html><html>" + SCRIPT,
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='hArM(1)'>" + SCRIPT + b"</svg>",
    "SVG with an entity": b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><svg>&x;</svg>",
    "a script": b"hArM(1)", "a PDF": b"%PDF-1.7\n" + SCRIPT, "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "a zip": b"PK\x03\x04" + b"\0" * 40, "a program": b"\x7fELF" + b"\0" * 60, "nothing": b"", "zeros": b"\0" * 4000, "a page of PHP": b"GIF89a<?php hArM(); ?>",
    "BMP": saved("BMP"), "TIFF": saved("TIFF"), "ICO": saved("ICO"), "PPM": saved("PPM"), "TGA": saved("TGA"), "JPEG 2000": saved("JPEG2000"),
    "the first half of a JPEG": jpeg()[: len(jpeg()) // 2], "the first half of a PNG": png(90, 90)[:60], "the head of a GIF": gif(1)[:14],
    "the first half of a WebP": saved("WEBP")[:30], "the first half of an AVIF": saved("AVIF")[:200],
}  # fmt: skip
ODD_PICTURES = {
    "GIF and script": gif(1).replace(b";", b"\x21\xfe\x20" + b"*/=1;hArM(1)//".ljust(32) + b"\0;"),
    "PNG with rows missing": png(90, 90, rows=[b"\0" * 91]),
    "PNG with a page behind it": png(9, 9) + SCRIPT,
    "JPEG with a page behind it": jpeg() + SCRIPT,
    "JPEG with a zip behind it": jpeg() + b"PK\x03\x04",
    "PNG with a script in its text": png(9, 9, chunk(b"tEXt", b"Comment\0" + SCRIPT)),
    "PNG with broken XMP": png(9, 9, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta" + SCRIPT)),
    "PNG with an entity in its XMP": png(9, 9, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x:xmpmeta xmlns:x='x'>&b;</x:xmpmeta>")),
    "PNG with broken EXIF": png(9, 9, chunk(b"eXIf", b"nonsense, not TIFF")),
    "PNG with a broken profile": png(9, 9, chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 9000))),
    "JPEG with broken EXIF": jpeg(exif=b"Exif\0\0nonsense, not TIFF"),
    "JPEG with EXIF that ends early": jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\xff"),
    "JPEG with EXIF that points at itself": jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"),
    "JPEG with an empty EXIF": jpeg(exif=b"Exif\0\0"),
    "JPEG with an odd orientation": jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x04abc\0\0\0\0\0"),
    "GIF of 65535 frames": gif(65_535),
    "black and white": saved("PNG", "1"), "with a palette": saved("GIF", "P"), "16 bits": saved("PNG", "I;16"), "CMYK": saved("JPEG", "CMYK"), "transparent": saved("WEBP", "RGBA"), "AVIF": saved("AVIF"),
}  # fmt: skip
NAMES = ["quay.png.html", "quay.html", "quay.svg", "quay.php.jpg", ".htaccess", "quay.png\0.html", "quay\u202egnp.html", "../../quay.png", "..\\..\\quay.png",
         "/etc/quay.png", "C:\\quay.png", "quay.png/", "", ".", "..", "con.png", "x" * 400 + ".png", "<b>.png", "\"; rm -rf.png", "quay.PNG;.js", " ", "\r\nX: y.png", "שלום.png"]  # fmt: skip
