"""Text, with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.escaping import escape
from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Text(Node):
    name = "text"
    group = "inline"

    def html(self, node: Json, page: Page) -> str:
        return page.marked(escape(node["text"]), node.get("marks", []))

    def text(self, node: Json) -> str:
        return str(node["text"])

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_text import inline_markdown

        return inline_markdown([node])
