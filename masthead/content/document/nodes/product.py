"""A thing that is recommended or reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import body, button, mail_box, mail_button
from masthead.content.document.checks import check_href, check_upload
from masthead.content.document.node import Attr, Json, is_text, is_whole_number
from masthead.content.document.picture_html import thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

BEST = 5  # stars


class Product(Card):
    name = "product"
    css = "product-card"
    holds = ("block",)
    attrs = {
        "title": Attr("", is_text),
        "media": Attr("", check_upload),
        "rating": Attr(0, is_whole_number(0, BEST)),
        "label": Attr("", is_text),
        "href": Attr("", check_href),
    }
    shown = ("title", "label", "href")

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        rating = attrs["rating"]
        stars = (
            f'<p class="card-rating"><span aria-hidden="true">{_stars(rating)}</span> {rating}/{BEST}</p>'
            if rating
            else ""
        )
        words = page.title(attrs["title"], "card-title") + stars + body(node, page) + button(attrs, page)
        return thumbnail(attrs["media"], page) + words

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        image = thumbnail(attrs["media"], page)
        rating = f"<p>{_stars(attrs['rating'])} {attrs['rating']}/{BEST}</p>" if attrs["rating"] else ""
        words = page.title(attrs["title"], "card-title") + rating + page.inside(node) + mail_button(attrs, page)
        return mail_box((f"<p>{image}</p>" if image else "") + words, self.css, tone="white")

    def text(self, node: Json) -> str:
        attrs = node["attrs"]
        rating = f"{attrs['rating']}/{BEST}" if attrs["rating"] else ""
        title = " ".join(filter(None, (attrs["title"], rating)))
        return "\n\n".join(filter(None, (title, self.held(node), attrs["label"])))

    def is_empty(self, node: Json) -> bool:
        return super().is_empty(node) and not node["attrs"]["media"]


def _stars(rating: int) -> str:
    return "★" * rating + "☆" * (BEST - rating)
