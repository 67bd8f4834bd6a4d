"""One row of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class TableRow(Node):
    name = "tableRow"
    group = ""
    holds = ("tableCell", "tableHeader")
    needs = "tableCell"

    def html(self, node: Json, page: Page) -> str:
        return f"<tr>{page.inside(node)}</tr>"

    def text(self, node: Json) -> str:
        return "\t".join(" ".join(self._text_of(cell).split()) for cell in node["content"])
