"""A picture and its caption in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.escaping import absolute, attribute, escape
from masthead.content.document.picture import Picture

if TYPE_CHECKING:
    from masthead.content.document.node import Json
    from masthead.content.document.rendering import Page

SIZES = "(min-width: 46rem) 44rem, 100vw"  # as wide as the text column, at most the screen
SIZES_OF = {"regular": SIZES, "wide": "(min-width: 64rem) 60rem, 100vw", "full": "(min-width: 82rem) 82rem, 100vw"}
SMALL = "12rem"  # beside words
MAIL_WIDTH = 600  # pixels
MAIL_INSIDE = 560  # pixels, in a box


def figure_html(node: Json, page: Page) -> str:
    """Write a figure: its picture, in a link if it has an address, its caption and credit."""
    attrs = node["attrs"]
    picture = page.pictures.get(attrs["media"])
    sizes = SIZES_OF[attrs.get("size", "regular")]
    shown = picture_html(picture, alt=attrs["alt"], page=page, sizes=sizes) if picture else ""
    shown = linked(shown, attrs, page)
    kept = "" if shown else attribute("data-href", attrs.get("href"))  # a link without a picture would be empty
    root = f'<figure{size_class(attrs)} data-media="{escape(attrs["media"])}"{kept}>'
    return f"{root}{shown}{caption_html(page.inside(node), attrs['credit'])}</figure>"


def linked(shown: str, attrs: Json, page: Page) -> str:
    """Put the link of a figure around its picture; one without alternative text is named by its address."""
    href = attrs.get("href")
    if not (shown and href):
        return shown
    name = "" if attrs["alt"] else attribute("aria-label", href)
    return f'<a href="{escape(absolute(href, page.base))}"{name}>{shown}</a>'


def size_class(attrs: Json) -> str:
    """Write the class of a figure that is wider than the text."""
    size = attrs.get("size", "regular")
    return "" if size == "regular" else attribute("class", size)


def thumbnail(token: str, page: Page, *, alt: str = "", width: int = MAIL_INSIDE, sizes: str = SIZES) -> str:
    """Write the picture of a card; nothing for an unknown one. `width` (pixels) counts in mail, `sizes` on the web."""
    picture = page.pictures.get(token)
    if picture is None:
        return ""
    if page.is_mail:
        return _mail_image(picture, alt, page, width)
    return f'<span class="card-image">{picture_html(picture, alt=alt, page=page, sizes=sizes)}</span>'


def picture_html(picture: Picture, *, alt: str, page: Page, sizes: str = SIZES, eager: bool = False) -> str:
    """Write a picture in all its formats, with its size, so that the page does not jump while it loads."""
    if page.is_mail:
        return _mail_image(picture, alt, page, MAIL_WIDTH)
    sources = "".join(
        f'<source type="image/{format}" srcset="{_set(picture, format, page)}" sizes="{sizes}">'
        for format in ("avif", "webp")
        if picture.of(format)
    )
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    return (
        f'<picture>{sources}<img src="{address_of(picture, page)}" srcset="{_set(picture, "jpeg", page)}" sizes="{sizes}" '
        f'width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"{loading} decoding="async"></picture>'
    )


def _set(picture: Picture, format: str, page: Page) -> str:
    return escape(", ".join(f"{absolute(r.address, page.base)} {r.width}w" for r in picture.of(format)))


def address_of(picture: Picture, page: Page) -> str:
    """Return the address of the picture in a middle size, escaped."""
    files = picture.of("jpeg")
    return escape(absolute(files[len(files) // 2].address, page.base)) if files else ""


def _mail_image(picture: Picture, alt: str, page: Page, widest: int) -> str:
    width = min(widest, picture.width)
    height = round(picture.height * width / picture.width)
    return f'<img src="{address_of(picture, page)}" width="{width}" height="{height}" alt="{escape(alt)}">'


def caption_html(caption: str, credit: str) -> str:
    """Write a caption (written already) and a credit; nothing if there is neither."""
    if not (caption or credit):
        return ""
    words = f'<span class="caption">{caption}</span>' if caption else ""
    by = f'<span class="credit">{escape(credit)}</span>' if credit else ""
    return f"<figcaption>{' '.join(filter(None, (words, by)))}</figcaption>"
