"""What an extension adds: one file with one node, a box beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.escaping import escape
from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Boxed(InlineHolder):
    name = "boxed"
    attrs = {"label": Attr("", is_text)}
    drop_empty = True
    tags = ("section",)

    def html(self, node: Json, page: Page) -> str:
        return f'<section class="boxed" title="{escape(node["attrs"]["label"])}">{page.inside(node)}</section>'

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_html import as_html

        return as_html(node)

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        if element.attributes.get("class") != "boxed":
            return None
        return builder.flow(element, {"type": self.name, "attrs": {"label": element.attributes.get("title") or ""}})
