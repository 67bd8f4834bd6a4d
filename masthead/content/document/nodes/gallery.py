"""Several pictures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import part
from masthead.content.document.escaping import escape
from masthead.content.document.node import Attr, Json, is_text
from masthead.content.document.picture_html import MAIL_WIDTH, linked, thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

MAIL_HALF = 290  # pixels: two beside each other, with a gap


class Gallery(Card):
    name = "gallery"
    css = "gallery-card"
    holds = ("figure",)
    attrs = {"caption": Attr("", is_text)}
    shown = ("caption",)

    def web(self, node: Json, page: Page) -> str:
        return f'<div class="card-body">{page.inside(node)}</div>{part("p", "caption", node["attrs"]["caption"])}'

    def mail(self, node: Json, page: Page) -> str:
        figures = node["content"]
        pairs = [figures[place : place + 2] for place in range(0, len(figures), 2)]
        rows = "".join(f"<tr>{''.join(_cell(figure, len(pair), page) for figure in pair)}</tr>" for pair in pairs)
        start = (
            f'<table role="presentation" class="{self.css}" width="100%" border="0" cellspacing="0" cellpadding="4">'
        )
        return f"{start}{rows}</table>{part('p', 'caption', node['attrs']['caption'])}"

    def is_empty(self, node: Json) -> bool:
        return not node["content"]


def _cell(figure: Json, beside: int, page: Page) -> str:
    attrs, span, width = figure["attrs"], ' width="50%"', MAIL_HALF
    if beside == 1:
        span, width = ' colspan="2"', MAIL_WIDTH
    image = thumbnail(attrs["media"], page, alt=attrs["alt"], width=width)
    caption = " ".join(filter(None, (page.inside(figure), escape(attrs["credit"]))))
    below = f"<p><small>{caption}</small></p>" if caption else ""
    return f'<td{span} valign="top">{linked(image, attrs, page)}{below}</td>'
