"""Something that another site shows, as a card that leads there."""

from __future__ import annotations

from masthead.content.document.checks import check_upload, check_url, is_one_of
from masthead.content.document.link_card import LinkCard
from masthead.content.document.node import Attr, is_text


class Embed(LinkCard):
    name = "embed"
    css = "embed-card"
    attrs = {
        "url": Attr("", check_url),
        "title": Attr("", is_text),
        "author": Attr("", is_text),
        "provider": Attr("", is_text),
        "kind": Attr("rich", is_one_of("video", "rich", "photo", "link")),
        "media": Attr("", check_upload),
        "caption": Attr("", is_text),
    }
    words = ("title", "author", "provider")
    shown = (*words, "url", "caption")
