"""A rule between two parts of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class HorizontalRule(Node):
    name = "horizontalRule"
    tags = ("hr",)

    def html(self, node: Json, page: Page) -> str:
        return "<hr>"

    def markdown(self, node: Json) -> str:
        return "***"

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        kind = "cut" if "cut" in (element.attributes.get("class") or "").split() else self.name
        return [{"type": kind}]
