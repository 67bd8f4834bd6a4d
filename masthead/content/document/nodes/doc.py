"""The whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Attr, Json, Node, is_whole_number

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Doc(Node):
    name = "doc"
    group = ""
    holds = ("block",)
    attrs = {"schema": Attr(1, is_whole_number(1, 10_000))}

    def html(self, node: Json, page: Page) -> str:
        return page.inside(node)

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_blocks import blocks_markdown

        written = blocks_markdown(node["content"])
        return written + "\n" if written else ""
