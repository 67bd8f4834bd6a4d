"""A picture with alternative text, caption and credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.checks import SIZES, check_href, check_token, is_one_of
from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Figure(InlineHolder):
    name = "figure"
    holds = ("text",)
    attrs = {
        "media": Attr(None, check_token),
        "alt": Attr("", is_text),
        "credit": Attr("", is_text),
        "size": Attr("regular", is_one_of(*SIZES)),
        "href": Attr("", check_href),
    }
    tags = ("figure", "img")

    def html(self, node: Json, page: Page) -> str:
        from masthead.content.document.picture_html import figure_html

        return figure_html(node, page)

    def text(self, node: Json) -> str:
        return " ".join(filter(None, (super().text(node), node["attrs"]["credit"])))

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_html import as_html
        from masthead.content.document.markdown_text import escaped

        attrs = node["attrs"]
        if attrs.get("size", "regular") != "regular" or attrs.get("href"):
            return as_html(node)  # Markdown's picture has no place for them
        title = " | ".join(filter(None, (self.words(node), attrs["credit"] and escaped(attrs["credit"]))))
        if attrs["credit"] and not node.get("content"):
            title = "| " + escaped(attrs["credit"])
        quoted = title.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
        return f"![{escaped(attrs['alt'])}](media:{attrs['media']}" + (f' "{quoted}")' if quoted else ")")

    def cleaned(self, node: Json) -> Json:
        attrs = {name: " ".join(value.split()) for name, value in node["attrs"].items()}
        return node | {"attrs": attrs}

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        return builder.figure(element)
