"""A link that looks like a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import button, mail_button
from masthead.content.document.checks import check_href, is_one_of
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Button(Card):
    name = "button"
    css = "button-card"
    attrs = {
        "label": Attr("", is_text),
        "href": Attr("", check_href),
        "align": Attr("center", is_one_of("left", "center")),
    }
    shown = ("label", "href")

    def web(self, node: Json, page: Page) -> str:
        return button(node["attrs"], page)

    def mail(self, node: Json, page: Page) -> str:
        return mail_button(node["attrs"], page, align=node["attrs"]["align"])
