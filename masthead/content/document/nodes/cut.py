"""The cut: where gated words begin. It is written as nothing, except in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Cut(Node):
    name = "cut"

    def html(self, node: Json, page: Page) -> str:
        return ""

    def markdown(self, node: Json) -> str:
        return "<!--more-->"
