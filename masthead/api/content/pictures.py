"""Absolute addresses of pictures, by their tokens."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from masthead.content.document import Picture
from masthead.content.pictures import pictures_of


def picture_address(picture: Picture) -> str | None:
    """Return the address of the largest JPEG of a picture."""
    files = picture.of("jpeg")
    return f"{settings.ADDRESS}{files[-1].address}" if files else None


def addresses_of(tokens: Iterable[str]) -> Mapping[str, str | None]:
    """Look up many pictures in one query; one that is unknown is left out."""
    known = pictures_of({token for token in tokens if token})
    return {token: picture_address(picture) for token, picture in known.items()}
