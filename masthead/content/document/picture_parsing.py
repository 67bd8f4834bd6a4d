"""Reading pictures out of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from masthead.content.document.checks import SIZES, TOKEN
from masthead.content.document.escaping import is_safe_address
from masthead.content.document.node import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode


class FigureReader:
    """Reads <figure> and <img>; a picture that nobody uploaded leaves its words and a link."""

    images: Callable[[str], str | None] | None

    def figure(self, element: LexborNode, *, href: str = "") -> list[Json] | None:
        """Read a figure or image, inside a link to `href`; a <figure> without a picture may hold anything."""
        image = element if element.tag == "img" else element.css_first("img")
        known = element.attributes.get("data-media") or ""
        if image is None and not TOKEN.fullmatch(known):
            return self._without_image(element)
        source = (image.attributes.get("src") or "").strip() if image else ""
        alt = (image.attributes.get("alt") or "") if image else ""
        media = known if TOKEN.fullmatch(known) else self._media(source)
        caption, credit = self._caption(element, image)
        if media is None:
            return self._missing(source, alt, caption, credit)
        attrs = {"media": media, "alt": alt, "credit": credit, "size": _size(element)}
        attrs["href"] = href or self._around(image, element)
        return [{"type": "figure", "attrs": attrs, "content": caption}]

    def _around(self, image: LexborNode | None, element: LexborNode) -> str:
        """Return the address of the link around an image in a figure; one that leads nowhere good is left out."""
        address = (element.attributes.get("data-href") or "").strip()
        above = image.parent if image and image.mem_id != element.mem_id else None
        while above and above.mem_id != element.mem_id:
            if above.tag == "a":
                address = (above.attributes.get("href") or "").strip()
            above = above.parent
        if address and not is_safe_address(address):
            builder: Any = self
            builder.problem(f"the link to “{address[:80]}” was left out: that is no address a link may have")
            return ""
        return address

    def _without_image(self, element: LexborNode) -> list[Json]:
        builder: Any = self
        return list(builder.blocks(element))

    def _media(self, source: str) -> str | None:
        if source.startswith("media:") and TOKEN.fullmatch(source.removeprefix("media:")):
            return source.removeprefix("media:")
        return self.images(source) if self.images and source else None

    def _caption(self, element: LexborNode, image: LexborNode | None) -> tuple[list[Json], str]:
        builder: Any = self
        caption = element.css_first("figcaption") if element.tag == "figure" else None
        if caption is None:
            title = (image.attributes.get("title") or "") if image else ""
            return _split_title(title)
        credit = caption.css_first(".credit")
        words = caption.css_first(".caption")
        if credit is None and words is None:
            return builder.line(caption), ""
        return builder.line(words) if words else [], credit.text().strip() if credit else ""

    def _missing(self, source: str, alt: str, caption: list[Json], credit: str) -> list[Json]:
        builder: Any = self
        builder.problem(f"the picture “{source[:120]}” was not found; its words were kept")
        link = [{"type": "link", "attrs": {"href": source}}] if is_safe_address(source) else []
        words = " ".join(filter(None, (alt.strip(), credit))) or (source if link else "")
        text = [{"type": "text", "text": words, "marks": link}] if words else []
        between = [{"type": "text", "text": " "}] if text and caption else []
        return [{"type": "paragraph", "content": [*text, *between, *caption]}]


def _size(element: LexborNode) -> str:
    classes = (element.attributes.get("class") or "").split()
    return next((size for size in SIZES if size in classes), "regular") if element.tag == "figure" else "regular"


def _split_title(title: str) -> tuple[list[Json], str]:
    """Split Markdown's picture title at its last bar: caption | credit."""
    from masthead.content.document.markdown_parsing import title_parts

    return title_parts(title)
