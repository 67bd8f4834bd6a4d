"""A page elsewhere, with what it is about."""

from __future__ import annotations

from masthead.content.document.checks import check_upload, check_url
from masthead.content.document.link_card import LinkCard
from masthead.content.document.node import Attr, is_text


class Bookmark(LinkCard):
    name = "bookmark"
    css = "bookmark-card"
    attrs = {
        "url": Attr("", check_url),
        "title": Attr("", is_text),
        "description": Attr("", is_text),
        "author": Attr("", is_text),
        "publisher": Attr("", is_text),
        "media": Attr("", check_upload),
        "caption": Attr("", is_text),
    }
    words = ("title", "description", "author", "publisher")
    shown = (*words, "url", "caption")
