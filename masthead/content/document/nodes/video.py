"""A film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.attached import Attached
from masthead.content.document.card import Card
from masthead.content.document.card_html import mail_box
from masthead.content.document.checks import LARGEST, SIZES, check_upload, is_one_of, is_yes_or_no
from masthead.content.document.escaping import absolute, attribute, escape
from masthead.content.document.node import Attr, Json, is_text, is_whole_number
from masthead.content.document.picture_html import address_of, thumbnail

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

LARGEST_SIDE = 100_000  # pixels


class Video(Card):
    name = "video"
    css = "video-card"
    tags = ("figure",)
    holds = ("text",)
    attrs = {
        "file": Attr("", check_upload),
        "name": Attr("", is_text),
        "width": Attr(0, is_whole_number(0, LARGEST_SIDE)),
        "height": Attr(0, is_whole_number(0, LARGEST_SIDE)),
        "duration": Attr(0, is_whole_number(0, LARGEST)),
        "media": Attr("", check_upload),
        "size": Attr("regular", is_one_of(*SIZES)),
        "loops": Attr(False, is_yes_or_no),
    }

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        file = page.files.get(attrs["file"])
        shown = _player(attrs, file, page) if file else _without_file(attrs, page)
        caption = page.inside(node)
        return shown + (f'<figcaption class="card-body">{caption}</figcaption>' if caption else "")

    def mail(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        file = page.files.get(attrs["file"])
        name = attrs["name"] or (file.name if file else "")
        poster = thumbnail(attrs["media"], page, alt=name)
        words = (f"{poster}<br>" if poster else "") + f"▶ {escape(name)}"
        link = f'<a href="{escape(absolute(file.address, page.base))}">{words}</a>' if file else words
        caption = page.inside(node)
        return mail_box(f"<p>{link}</p>" + (f"<p>{caption}</p>" if caption else ""), self.css)

    def text(self, node: Json) -> str:
        return "".join(self._text_of(child) for child in node.get("content", []))

    def is_empty(self, node: Json) -> bool:
        return not (node.get("content") or any(node["attrs"][name] for name in ("file", "name", "media")))


def _player(attrs: Json, file: Attached, page: Page) -> str:
    """Write the browser's own player; it loads no more than the first frame before it is started."""
    picture = page.pictures.get(attrs["media"])
    poster = f' poster="{address_of(picture, page)}"' if picture else ""
    sides = "".join(attribute(side, attrs[side] or "") for side in ("width", "height"))
    loop = " loop" if attrs["loops"] else ""
    source = escape(absolute(file.address, page.base))
    name = attribute("aria-label", attrs["name"] or file.name)
    return f'<video controls playsinline preload="metadata"{loop} src="{source}"{poster}{sides}{name}></video>'


def _without_file(attrs: Json, page: Page) -> str:
    name = f'<p class="file-name">{escape(attrs["name"])}</p>' if attrs["name"] else ""
    return thumbnail(attrs["media"], page) + name
