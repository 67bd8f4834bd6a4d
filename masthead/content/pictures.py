"""Pictures: the sizes and formats in which an uploaded image is shown, and their addresses."""

import io
from collections.abc import Collection, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps

from masthead.content.captions import is_turned
from masthead.content.document import Picture, Rendition
from masthead.content.models.media import Media

WIDTHS = (480, 960, 1600)  # pixels
FORMATS = ("avif", "webp", "jpeg")
QUALITY = {"avif": 60, "webp": 78, "jpeg": 80}
TYPES = {format: f"image/{format}" for format in FORMATS}


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths in which an image of this width is shown; none is larger than the image."""
    return (*(w for w in WIDTHS if w < width), *((width,) if width <= WIDTHS[-1] else ()))


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
    _keep(name, made)
    return made


def _keep(name: str, made: bytes) -> None:
    """Write a file whole or not at all: one that was cut short would be served for ever."""
    try:
        default_storage.save(name, ContentFile(made))
    except OSError:
        default_storage.delete(name)
        raise


def _encode(media: Media, width: int, format: str) -> bytes:
    with media.file.open() as original, Image.open(original) as image:
        transparent = image.has_transparency_data and format != "jpeg"
        pixels = _in_srgb(_upright(_small(image, width)))
        pixels = pixels.convert("RGBA" if transparent else "RGB")
        pixels.info = {}  # no comment, profile or text of the original goes out
        out = io.BytesIO()
        pixels.save(out, format=format.upper(), quality=QUALITY[format], **({"speed": 8} if format == "avif" else {}))
    return out.getvalue()


def _small(image: Image.Image, width: int) -> Image.Image:
    """Make the picture as wide as asked before anything else is done with it: a large one is held in memory once."""
    side = image.height if is_turned(image) else image.width
    size = (max(1, round(image.width * width / side)), max(1, round(image.height * width / side)))
    if image.mode in ("P", "1", "I;16"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # broken EXIF turns nothing
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Bring the colours of a picture with a profile of its own to the web's; a broken profile changes nothing."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def make_renditions(token: str) -> None:
    """Make every rendition of a picture that is not there yet."""
    media = Media.objects.filter(token=token).first()
    if media is None:
        return
    for width in widths_of(media.width):
        for format in FORMATS:
            rendition(media, width, format)
