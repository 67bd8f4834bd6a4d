"""A paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Json

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Paragraph(InlineHolder):
    name = "paragraph"
    drop_empty = True
    tags = ("p",)

    def html(self, node: Json, page: Page) -> str:
        return f"<p>{page.inside(node)}</p>"

    def markdown(self, node: Json) -> str:
        return self.words(node)

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        return builder.flow(element)
