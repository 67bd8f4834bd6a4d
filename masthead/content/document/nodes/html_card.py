"""HTML that staff wrote by hand, cleaned when it is stored and again when it is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from masthead.content.document.cleaning import clean_card
from masthead.content.document.node import Attr, Json, Node, is_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class HtmlCard(Node):
    name = "htmlCard"
    attrs = {"html": Attr("", is_text)}
    tags = ("div", "details")

    def html(self, node: Json, page: Page) -> str:
        return f'<div class="html-card">{clean_card(node["attrs"]["html"], base=page.base)}</div>'

    def text(self, node: Json) -> str:
        from masthead.content.document.cleaning import text_of_card

        return text_of_card(node["attrs"]["html"])

    def markdown(self, node: Json) -> str:
        return f'<div class="html-card">{node["attrs"]["html"]}</div>'

    def cleaned(self, node: Json) -> Json:
        html = clean_card(node["attrs"]["html"])
        return {"type": self.name, "attrs": {"html": re.sub(r"\s*\n\s*", "\n", html).strip()}}

    def is_empty(self, node: Json) -> bool:
        return not node["attrs"]["html"]

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        if element.tag == "details":
            return [{"type": self.name, "attrs": {"html": element.html or ""}}]
        if "html-card" not in (element.attributes.get("class") or "").split():
            return None
        return [{"type": self.name, "attrs": {"html": builder.inner_html(element)}}]
