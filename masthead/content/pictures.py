"""Pictures: the sizes and formats in which an uploaded image is shown, and their addresses."""

import io
from collections.abc import Collection, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from masthead.content.document import Picture, Rendition
from masthead.content.models.media import Media

WIDTHS = (480, 960, 1600)  # pixels
FORMATS = ("avif", "webp", "jpeg")
QUALITY = {"avif": 60, "webp": 78, "jpeg": 80}
TYPES = {format: f"image/{format}" for format in FORMATS}


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths in which an image of this width is shown; none is larger than the image."""
    return tuple(w for w in WIDTHS if w < width) + ((width,) if width < WIDTHS[-1] else (WIDTHS[-1],))


def rendition_path(token: str, width: int, format: str) -> str:
    """Return the address of one rendition; it changes only with the picture, so it may be kept for ever."""
    return f"/media/{token}/{width}.{format}"


def picture_of(media: Media) -> Picture:
    """Describe a picture as documents and templates show it."""
    renditions = tuple(
        Rendition(format, width, rendition_path(media.token, width, format))
        for format in FORMATS
        for width in widths_of(media.width)
    )
    return Picture(media.width, media.height, renditions)


def pictures_of(tokens: Collection[str]) -> Mapping[str, Picture]:
    """Describe the pictures with these tokens; one that is unknown is left out."""
    if not tokens:
        return {}
    return {media.token: picture_of(media) for media in Media.objects.filter(token__in=tokens)}


def rendition(media: Media, width: int, format: str) -> bytes | None:
    """Return the bytes of one rendition, made at its first reading and kept; None for a size we do not offer.

    It is encoded afresh from the pixels, so that no metadata of the original (place, camera, names) goes out.
    """
    if format not in FORMATS or width not in widths_of(media.width):
        return None
    name = f"renditions/{media.token}/{width}.{format}"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    made = _encode(media, width, format)
    default_storage.save(name, ContentFile(made))
    return made


def _encode(media: Media, width: int, format: str) -> bytes:
    with media.file.open() as original, Image.open(original) as image:
        upright = ImageOps.exif_transpose(image)
        transparent = upright.has_transparency_data and format != "jpeg"
        pixels = upright.convert("RGBA" if transparent else "RGB")
        pixels.thumbnail((width, pixels.height), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        pixels.save(out, format=format.upper(), quality=QUALITY[format], **({"speed": 8} if format == "avif" else {}))
    return out.getvalue()


def make_renditions(token: str) -> None:
    """Make every rendition of a picture that is not there yet."""
    media = Media.objects.filter(token=token).first()
    if media is None:
        return
    for width in widths_of(media.width):
        for format in FORMATS:
            rendition(media, width, format)
