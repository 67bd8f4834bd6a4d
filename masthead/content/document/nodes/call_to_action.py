"""An appeal to the reader, with a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import body, button, mail_box, mail_button, part, small
from masthead.content.document.checks import TONES, check_href, check_upload, is_one_of, is_yes_or_no
from masthead.content.document.node import Attr, Json, is_text
from masthead.content.document.picture_html import thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class CallToAction(Card):
    name = "callToAction"
    css = "call-to-action-card"
    holds = ("block",)
    attrs = {
        "layout": Attr("minimal", is_one_of("minimal", "immersive")),
        "align": Attr("left", is_one_of("left", "center")),
        "label": Attr("", is_text),
        "href": Attr("", check_href),
        "media": Attr("", check_upload),
        "sponsor": Attr("", is_text),
        "tone": Attr("grey", is_one_of(*TONES)),
        "has_dividers": Attr(True, is_yes_or_no),
    }
    shown = ("sponsor", "label", "href")

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        image = thumbnail(attrs["media"], page)
        return part("p", "sponsor", attrs["sponsor"]) + image + body(node, page) + button(attrs, page)

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        image = thumbnail(attrs["media"], page)
        words = small(attrs["sponsor"]) + (f"<p>{image}</p>" if image else "") + page.inside(node)
        act = mail_button(attrs, page, align=attrs["align"])
        rule = "<hr>" if attrs["has_dividers"] else ""
        return rule + mail_box(words + act, self.css, tone=attrs["tone"], align=attrs["align"]) + rule

    def is_empty(self, node: Json) -> bool:
        return not (node["content"] or node["attrs"]["label"] or node["attrs"]["media"])
