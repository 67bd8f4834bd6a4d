"""What the writer of Lexical knows of the site, and the HTML that it puts into cards."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from masthead.content.document import Document, media_ids, to_markdown
from masthead.content.document.escaping import absolute, escape
from masthead.content.document.markdown_html import as_html
from masthead.content.document.node import Json
from masthead.content.document.picture_html import caption_html
from masthead.content.document.rendering import Page

TOKEN = re.compile(r"media:([A-Za-z0-9_-]{16,64})")


@dataclass
class Pen:
    """Addresses of uploads by their tokens, and the address that paths of this site begin with."""

    image: Callable[[str], str]
    file: Callable[[str], str]
    home: str = ""

    def address(self, href: str) -> str:
        """Return where a link leads, with the site's own address before its paths."""
        return absolute(href, self.home)

    def picture(self, token: str) -> str:
        """Return the address of a picture; '' for none."""
        return self.image(token) if token else ""

    def upload(self, token: str) -> str:
        """Return the address of a file; '' for none."""
        return self.file(token) if token else ""

    def line_html(self, node: Json) -> str:
        """Write the line that a node holds as HTML."""
        return Page(base=self.home).inside(node)

    def caption(self, node: Json) -> str:
        """Write the caption and credit of a picture as HTML."""
        credit = node["attrs"].get("credit", "")
        line = self.line_html(node)
        if not credit:
            return line
        return caption_html(line, credit).removeprefix("<figcaption>").removesuffix("</figcaption>")

    def blocks_html(self, blocks: list[Json]) -> str:
        """Write blocks as HTML that reads back as the same blocks."""
        return self._with_pictures("".join(map(as_html, blocks)), blocks, escape)

    def markdown(self, blocks: list[Json]) -> str:
        """Write blocks as Markdown that reads back as the same blocks."""
        return self._with_pictures(to_markdown(Document.of(blocks)), blocks, lambda address: address)

    def _with_pictures(self, text: str, blocks: list[Json], quoted: Callable[[str], str]) -> str:
        known = set(media_ids(Document.of(blocks)))
        return TOKEN.sub(lambda found: quoted(self.image(found[1])) if found[1] in known else found[0], text)
