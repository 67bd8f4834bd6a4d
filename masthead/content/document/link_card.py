"""The class of cards that are one link to a page elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from masthead.content.document.card import Card
from masthead.content.document.card_html import mail_box, part
from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.document.picture_html import SMALL, thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

MAIL_THUMBNAIL = 160  # pixels


class LinkCard(Card):
    """It shows our own copy of title and thumbnail, so that nothing is asked of the other site until it is followed."""

    tags = ("figure",)
    words: ClassVar[tuple[str, ...]]  # attributes that stand in the link, in order

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        lines = "".join(f"{part('span', name, attrs[name])} " for name in self.words if attrs[name])
        address = f'<span class="link-address">{escape(_place(attrs["url"], whole=not attrs["title"]))}</span>'
        image = thumbnail(attrs["media"], page, sizes=SMALL)
        link = f'<a class="link-card card-url" href="{escape(attrs["url"])}" rel="noopener">'
        return f'{link}{image}<span class="link-words">{lines}{address}</span></a>{part("figcaption", "caption", attrs["caption"])}'

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        url, image = escape(attrs["url"]), thumbnail(attrs["media"], page, width=MAIL_THUMBNAIL)
        title = f'<strong><a href="{url}">{escape(attrs["title"] or attrs["url"])}</a></strong>'
        lines = [escape(attrs[name]) for name in self.words if name != "title" and attrs[name]]
        words = "<br>".join([title, *lines, f"<small>{escape(_place(attrs['url'], whole=False))}</small>"])
        beside = f'<td width="{MAIL_THUMBNAIL}" valign="top"><a href="{url}">{image}</a></td>' if image else ""
        row = f'<table role="presentation" width="100%" border="0" cellspacing="0" cellpadding="8"><tr>{beside}<td valign="top">{words}</td></tr></table>'
        return mail_box(row + part("p", "caption", attrs["caption"]), self.css)

    def text(self, node: Json) -> str:
        attrs = node["attrs"]
        lines = [attrs[name] or (attrs["url"] if name == "title" else "") for name in (*self.words, "caption")]
        return "\n".join(filter(None, lines))

    def is_empty(self, node: Json) -> bool:
        return not node["attrs"]["url"]


def _place(url: str, *, whole: bool) -> str:
    """Say where a link leads: the host, or the whole address where nothing else is known."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return url if whole or not host else host
