"""A list without an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class BulletList(Node):
    name = "bulletList"
    holds = ("listItem",)
    drop_empty = True
    tags = ("ul", "menu")

    def html(self, node: Json, page: Page) -> str:
        return f"<ul>{page.inside(node)}</ul>"

    def text(self, node: Json) -> str:
        return "\n".join("- " + self._text_of(item) for item in node["content"])

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_blocks import blocks_markdown, hanging

        return "\n".join(hanging(blocks_markdown(item["content"]), "- ") for item in node["content"])

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        return [{"type": self.name, "content": builder.items(element)}]
