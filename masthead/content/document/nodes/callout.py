"""A remark in a box of one colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import mail_box, part
from masthead.content.document.checks import TONES, is_one_of
from masthead.content.document.escaping import escape
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Callout(Card):
    name = "callout"
    css = "callout-card"
    holds = ("inline",)
    attrs = {"tone": Attr("blue", is_one_of(*TONES)), "emoji": Attr("", is_text)}
    shown = ("emoji",)
    drop_empty = True

    def web(self, node: Json, page: Page) -> str:
        emoji = part("span", "emoji", node["attrs"]["emoji"])
        return f'{emoji and emoji + " "}<p class="card-body">{page.inside(node)}</p>'

    def mail(self, node: Json, page: Page) -> str:
        emoji = escape(node["attrs"]["emoji"])
        return mail_box(f"<p>{emoji and emoji + ' '}{page.inside(node)}</p>", self.css, tone=node["attrs"]["tone"])

    def text(self, node: Json) -> str:
        return " ".join(filter(None, (node["attrs"]["emoji"], self.held(node))))

    def held(self, node: Json) -> str:
        return "".join(self._text_of(child) for child in node.get("content", []))

    def is_empty(self, node: Json) -> bool:
        return not node.get("content")
