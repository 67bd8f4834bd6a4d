"""A line break within a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class HardBreak(Node):
    name = "hardBreak"
    group = "inline"
    tags = ("br",)

    def html(self, node: Json, page: Page) -> str:
        return "<br>"

    def text(self, node: Json) -> str:
        return "\n"

    def markdown(self, node: Json) -> str:
        return "<br>"
