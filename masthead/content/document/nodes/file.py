"""A file to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat

from masthead.content.document.card import Card
from masthead.content.document.card_html import mail_box, paragraph, part
from masthead.content.document.checks import LARGEST, check_upload
from masthead.content.document.escaping import absolute, escape
from masthead.content.document.node import Attr, Json, is_text, is_whole_number

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class File(Card):
    name = "file"
    css = "file-card"
    attrs = {
        "file": Attr("", check_upload),
        "title": Attr("", is_text),
        "caption": Attr("", is_text),
        "name": Attr("", is_text),
        "size": Attr(0, is_whole_number(0, LARGEST)),
    }
    shown = ("title", "caption")

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        words = f'{part("span", "title", attrs["title"])} <span class="file-name">{escape(_named(attrs, page))}</span>'
        file = page.files.get(attrs["file"])
        caption = part("p", "caption", attrs["caption"])
        if file is None:
            return f'<p class="file-link">{words.strip()}</p>{caption}'
        href, name = escape(absolute(file.address, page.base)), escape(attrs["name"] or file.name)
        return f'<p class="file-link"><a href="{href}" download="{name}">{words.strip()}</a></p>{caption}'

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        file = page.files.get(attrs["file"])
        words = " – ".join(filter(None, (escape(attrs["title"]), escape(_named(attrs, page)))))
        link = f'<a href="{escape(absolute(file.address, page.base))}">{words}</a>' if file else words
        return mail_box(f"<p>{link}</p>{paragraph(attrs['caption'])}", self.css)

    def text(self, node: Json) -> str:
        attrs = node["attrs"]
        return "\n".join(filter(None, (attrs["title"] or attrs["name"], attrs["caption"])))

    def is_empty(self, node: Json) -> bool:
        return not any(node["attrs"][name] for name in ("file", "title", "name"))


def _named(attrs: Json, page: Page) -> str:
    """Name a file and its size, as far as they are known."""
    file = page.files.get(attrs["file"])
    name, size = attrs["name"] or (file.name if file else ""), attrs["size"] or (file.size if file else 0)
    return " · ".join(filter(None, (name, filesizeformat(size) if size else "")))
