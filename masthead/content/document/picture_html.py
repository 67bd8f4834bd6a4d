"""A picture and its caption in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.escaping import absolute, escape
from masthead.content.document.picture import Picture

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

SIZES = "(min-width: 46rem) 44rem, 100vw"  # as wide as the text column, at most the screen
MAIL_WIDTH = 600  # pixels


def picture_html(picture: Picture, *, alt: str, page: Page, sizes: str = SIZES, eager: bool = False) -> str:
    """Write a picture in all its formats, with its size, so that the page does not jump while it loads."""
    if page.is_mail:
        return _mail_image(picture, alt, page)
    sources = "".join(
        f'<source type="image/{format}" srcset="{_set(picture, format, page)}" sizes="{sizes}">'
        for format in ("avif", "webp")
        if picture.of(format)
    )
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    return (
        f'<picture>{sources}<img src="{_middle(picture, page)}" srcset="{_set(picture, "jpeg", page)}" sizes="{sizes}" '
        f'width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"{loading} decoding="async"></picture>'
    )


def _set(picture: Picture, format: str, page: Page) -> str:
    return escape(", ".join(f"{absolute(r.address, page.base)} {r.width}w" for r in picture.of(format)))


def _middle(picture: Picture, page: Page) -> str:
    files = picture.of("jpeg")
    return escape(absolute(files[len(files) // 2].address, page.base)) if files else ""


def _mail_image(picture: Picture, alt: str, page: Page) -> str:
    width = min(MAIL_WIDTH, picture.width)
    height = round(picture.height * width / picture.width)
    return f'<img src="{_middle(picture, page)}" width="{width}" height="{height}" alt="{escape(alt)}">'


def caption_html(caption: str, credit: str) -> str:
    """Write a caption (written already) and a credit; nothing if there is neither."""
    if not (caption or credit):
        return ""
    words = f'<span class="caption">{caption}</span>' if caption else ""
    by = f'<span class="credit">{escape(credit)}</span>' if credit else ""
    return f"<figcaption>{' '.join(filter(None, (words, by)))}</figcaption>"
