"""Slugs: the readable last part of an address."""

from anyascii import anyascii
from django.utils.text import slugify

LONGEST = 120


def slug_from(text: str, *, fallback: str = "post") -> str:
    """Make a slug of ASCII letters, digits and hyphens from any text; `fallback` if nothing is left."""
    slug = slugify(anyascii(text))[:LONGEST].strip("-")
    return slug or fallback
