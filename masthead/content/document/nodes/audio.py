"""A recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.card import Card
from masthead.content.document.card_html import mail_box, part
from masthead.content.document.checks import LARGEST, check_upload
from masthead.content.document.escaping import absolute, attribute, escape
from masthead.content.document.node import Attr, Json, is_text, is_whole_number
from masthead.content.document.picture_html import SMALL, thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Audio(Card):
    name = "audio"
    css = "audio-card"
    attrs = {
        "file": Attr("", check_upload),
        "title": Attr("", is_text),
        "duration": Attr(0, is_whole_number(0, LARGEST)),
        "media": Attr("", check_upload),
    }
    shown = ("title",)

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        file = page.files.get(attrs["file"])
        title = part("span", "title", attrs["title"]) or (escape(file.name) if file else "")
        length = f' <span class="length">{clock(attrs["duration"])}</span>' if attrs["duration"] else ""
        head = f'{thumbnail(attrs["media"], page, sizes=SMALL)}<p class="audio-head">{title}{length}</p>'
        if file is None:
            return head
        source = escape(absolute(file.address, page.base))
        name = attribute("aria-label", attrs["title"] or file.name)
        return f'{head}<audio controls preload="none" src="{source}"{name}></audio>'

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        file = page.files.get(attrs["file"])
        title = escape(attrs["title"] or (file.name if file else ""))
        words = f'<a href="{escape(absolute(file.address, page.base))}">▶ {title}</a>' if file else title
        length = f" ({clock(attrs['duration'])})" if attrs["duration"] else ""
        return mail_box(f"<p>{words}{length}</p>", self.css)

    def is_empty(self, node: Json) -> bool:
        return not (node["attrs"]["file"] or node["attrs"]["title"])


def clock(seconds: int) -> str:
    """Write a length as a player does: 3:05, or 1:02:33."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
