"""A heading that opens what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import body, mail_box, part
from masthead.content.document.escaping import escape
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Toggle(Card):
    name = "toggle"
    css = "toggle"
    tags = ("details",)
    holds = ("block",)
    attrs = {"heading": Attr("", is_text)}
    shown = ("heading",)

    def web(self, node: Json, page: Page) -> str:
        return part("summary", "heading", node["attrs"]["heading"]) + body(node, page)

    def mail(self, node: Json, page: Page) -> str:
        heading = escape(node["attrs"]["heading"])
        return mail_box((f"<p><strong>{heading}</strong></p>" if heading else "") + page.inside(node), self.css)
