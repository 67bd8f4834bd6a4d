"""A heading inside the text; the headline of the post is the only one of level 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Attr, Json, is_whole_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Heading(InlineHolder):
    name = "heading"
    attrs = {"level": Attr(2, is_whole_number(2, 4))}
    drop_empty = True
    tags = ("h1", "h2", "h3", "h4", "h5", "h6")

    def html(self, node: Json, page: Page) -> str:
        level = page.level = node["attrs"]["level"]
        return f'<h{level} id="{page.anchor(self.text(node))}">{page.inside(node)}</h{level}>'

    def mail(self, node: Json, page: Page) -> str:
        level = page.level = node["attrs"]["level"]
        return f"<h{level}>{page.inside(node)}</h{level}>"

    def markdown(self, node: Json) -> str:
        return f"{'#' * node['attrs']['level']} {self.words(node)}"

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        level = min(max(int(str(element.tag)[1]), 2), 4)
        return builder.flow(element, {"type": "heading", "attrs": {"level": level}})
