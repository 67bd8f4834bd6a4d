"""Our own addresses of pictures and files, and the tokens behind them."""

import re

from django.conf import settings

from masthead.content.models import Attachment, Media

PICTURE = re.compile(r"/media/([A-Za-z0-9_-]{16,32})/\d+\.(?:avif|webp|jpeg)")
FILE = re.compile(r"/files/([A-Za-z0-9_-]{16,32})/[^/?#]+")


def own_path(address: str) -> str:
    """Return the path of an address of this site; '' for any other."""
    path = address.strip().removeprefix(settings.ADDRESS)
    return path.partition("#")[0].partition("?")[0] if path.startswith("/") and not path.startswith("//") else ""


def own_picture(address: str) -> str | None:
    """Return the token of the picture at one of our addresses; None if there is none."""
    found = PICTURE.fullmatch(own_path(address))
    return found[1] if found and Media.objects.filter(token=found[1]).exists() else None


def own_file(address: str) -> str | None:
    """Return the token of the file at one of our addresses; None if there is none."""
    found = FILE.fullmatch(own_path(address))
    return found[1] if found and Attachment.objects.filter(token=found[1]).exists() else None
