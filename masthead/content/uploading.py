"""Keeping an uploaded picture, with the caption and credit that its file carries."""

import hashlib
import io
import warnings
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile

from masthead.content.captions import captions_of, is_turned
from masthead.content.models.media import Media
from masthead.core.ids import new_token

ALLOWED = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
LARGEST_BYTES = 30 * 1024 * 1024
LARGEST_PIXELS = 60_000_000


class UploadError(ValueError):
    """A file that cannot be kept as a picture; the message says why and what to do."""


def keep_picture(content: bytes, name: str, *, at: datetime) -> Media:
    """Keep a picture and return its Media; the same bytes again return the one that is there.

    Refuses (UploadError) what is no JPEG, PNG, WebP, AVIF or GIF by its own bytes, is over 30 MB or 60 megapixels;
    the size is read from the header, before anything is decoded (CHECKS.md 85, 86).
    """
    digest = hashlib.sha256(content).hexdigest()
    known = Media.objects.filter(sha256=digest).first()
    if known:
        return known
    image = _opened(content)
    caption, credit = captions_of(image)
    width, height = _upright_size(image)
    token = new_token()
    media = Media(
        token=token,
        name=PurePath(name.replace("\\", "/")).name[:200],
        sha256=digest,
        width=width,
        height=height,
        caption=caption,
        credit=credit[:300],
        uploaded_at=at,
    )
    media.file.save(f"{token}.{ALLOWED[image.format or '']}", ContentFile(content), save=False)
    media.save()
    return media


def refuse_too_large(size: int) -> None:
    """Raise UploadError for a file of more bytes than a picture may have, before it is read into memory."""
    if size > LARGEST_BYTES:
        raise UploadError(_("This picture is larger than 30 MB. Make it smaller and upload it again."))


def _opened(content: bytes) -> ImageFile.ImageFile:
    refuse_too_large(len(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=list(ALLOWED))
        if image.width * image.height > LARGEST_PIXELS:
            raise UploadError(_("This picture has more than 60 megapixels. Make it smaller and upload it again."))
        image.load()
    except UploadError:
        raise
    except Exception as error:  # Pillow raises many kinds for a broken file; each means the same to an editor
        raise UploadError(_("This file is not a picture we can read. Use JPEG, PNG, WebP, AVIF or GIF.")) from error
    return image


def _upright_size(image: Image.Image) -> tuple[int, int]:
    turned = is_turned(image)
    return (image.height, image.width) if turned else (image.width, image.height)
