"""A quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Blockquote(Node):
    name = "blockquote"
    holds = ("block",)
    drop_empty = True
    tags = ("blockquote",)

    def html(self, node: Json, page: Page) -> str:
        return f"<blockquote>{page.inside(node)}</blockquote>"

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_blocks import blocks_markdown, indented

        return indented(blocks_markdown(node["content"]), "> ")

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        return [{"type": self.name, "content": builder.blocks(element)}]
