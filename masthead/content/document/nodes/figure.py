"""A picture with alternative text, caption and credit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from masthead.content.document.escaping import escape
from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def check_token(value: Any) -> str | None:
    """Accept the token of an uploaded picture."""
    fits = isinstance(value, str) and TOKEN.fullmatch(value)
    return None if fits else "must be the token of an uploaded picture"


class Figure(InlineHolder):
    name = "figure"
    holds = ("text",)
    attrs = {"media": Attr(None, check_token), "alt": Attr("", is_text), "credit": Attr("", is_text)}
    tags = ("figure", "img")

    def html(self, node: Json, page: Page) -> str:
        from masthead.content.document.picture_html import caption_html, picture_html

        attrs = node["attrs"]
        picture = page.pictures.get(attrs["media"])
        shown = picture_html(picture, alt=attrs["alt"], page=page) if picture else ""
        return f'<figure data-media="{escape(attrs["media"])}">{shown}{caption_html(page.inside(node), attrs["credit"])}</figure>'

    def text(self, node: Json) -> str:
        return " ".join(filter(None, (super().text(node), node["attrs"]["credit"])))

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_text import escaped

        attrs = node["attrs"]
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
