"""One item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class ListItem(Node):
    name = "listItem"
    group = ""
    holds = ("block",)
    needs = "paragraph"

    def html(self, node: Json, page: Page) -> str:
        content = node["content"]
        if len(content) == 1 and content[0]["type"] == "paragraph":
            return f"<li>{page.inside(content[0])}</li>"
        return f"<li>{page.inside(node)}</li>"

    def text(self, node: Json) -> str:
        return "\n".join(filter(None, (self._text_of(child) for child in node["content"])))
