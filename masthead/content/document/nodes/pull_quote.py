"""A sentence of the text, set large beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Json

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class PullQuote(InlineHolder):
    name = "pullQuote"
    drop_empty = True
    tags = ("aside",)

    def html(self, node: Json, page: Page) -> str:
        return f'<aside class="pull-quote"><p>{page.inside(node)}</p></aside>'

    def mail(self, node: Json, page: Page) -> str:
        return f"<blockquote><p><strong>{page.inside(node)}</strong></p></blockquote>"

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_blocks import indented

        return "> [!pull]\n" + indented(self.words(node), "> ")

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        if "pull-quote" not in (element.attributes.get("class") or ""):
            return None
        return builder.flow(element, {"type": "pullQuote"})
