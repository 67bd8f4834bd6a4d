"""A title over the whole width, with a line and a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import button, mail_box, mail_button, paragraph, part
from masthead.content.document.checks import SIZES, check_href, check_upload, is_one_of
from masthead.content.document.node import Attr, Json, is_text
from masthead.content.document.picture_html import SIZES_OF, thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class HeaderCard(Card):
    name = "headerCard"
    css = "header-card"
    attrs = {
        "title": Attr("", is_text),
        "text": Attr("", is_text),
        "label": Attr("", is_text),
        "href": Attr("", check_href),
        "media": Attr("", check_upload),
        "size": Attr("regular", is_one_of(*SIZES)),
        "align": Attr("center", is_one_of("left", "center")),
    }
    shown = ("title", "text", "label", "href")

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        words = page.title(attrs["title"], "card-title") + part("p", "text", attrs["text"]) + button(attrs, page)
        image = thumbnail(attrs["media"], page, sizes=SIZES_OF[attrs["size"]])
        return f'{image}<div class="header-words">{words}</div>'

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        image = thumbnail(attrs["media"], page)
        words = page.title(attrs["title"], "card-title") + paragraph(attrs["text"])
        act = mail_button(attrs, page, align=attrs["align"])
        return mail_box((f"<p>{image}</p>" if image else "") + words + act, self.css, align=attrs["align"])

    def is_empty(self, node: Json) -> bool:
        return super().is_empty(node) and not node["attrs"]["media"]
