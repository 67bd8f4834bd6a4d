"""Embeds, and bookmarks of pages elsewhere."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from masthead.content.document.cleaning import text_of_card
from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields
from masthead.content.lexical.fragments import plain_of
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.parts import folded, paragraph

KINDS = ("rich", "video", "photo", "link")


def embed(fields: Fields, note: Notebook) -> list[Json]:
    """Read an embed as its address, title, author and provider; its HTML is never taken over."""
    html, metadata = fields.text("html"), fields.inner("metadata")
    frame = _frame(html)
    url = note.web_address(fields.text("url")) or note.web_address(frame.text("src"))
    caption = plain_of(fields.text("caption"), note, "the caption of an embed")
    words = text_of_card(html)
    if not url:
        note.problem(f"an embed without an address on the web was kept as HTML: {caption} {words[:80]}")
        return [{"type": "htmlCard", "attrs": {"html": html}}, *paragraph(caption)]
    title = metadata.text("title") or frame.text("title") or ("" if words == url else words)
    if words and words not in (title, url):
        note.problem(f"the text of an embed was left out: “{words[:300]}”")
    attrs = {
        "url": url,
        "title": folded(title)[:1000],
        "author": folded(metadata.text("author_name")),
        "provider": folded(metadata.text("provider_name", _host(url) if "provider_name" not in metadata.node else "")),
        "kind": fields.choice("embedType", KINDS),
        "media": note.small_picture(metadata.text("thumbnail_url")),
        "caption": caption,
    }
    return [{"type": "embed", "attrs": attrs}]


def embedded(html: str, note: Notebook) -> list[Json]:
    """Read a frame as an embed; nothing if it leads nowhere on the web."""
    address = _frame(html).text("src")
    return embed(Fields({"html": html}), note) if note.web_address(address) else []


def _frame(html: str) -> Fields:
    body = LexborHTMLParser(html).body if "<iframe" in html.lower() else None
    frame = body.css_first("iframe") if body else None
    found = {name: value or "" for name, value in frame.attributes.items()} if frame else {}
    if found.get("src", "").startswith("//"):
        found["src"] = f"https:{found['src']}"
    return Fields(found)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def bookmark(fields: Fields, note: Notebook) -> list[Json]:
    """Read a bookmark; one that leads nowhere on the web keeps its words."""
    metadata = fields.inner("metadata")
    url = note.web_address(fields.text("url") or metadata.text("url"))
    words = {name: folded(metadata.text(name)) for name in ("title", "description", "author", "publisher")}
    caption = plain_of(fields.text("caption"), note, "the caption of a bookmark")
    if not url:
        note.problem(f"a bookmark without an address on the web became a paragraph: {words['title']}")
        href = note.address(fields.text("url"))
        line = " – ".join(filter(None, [*words.values(), caption])) or href
        return paragraph(line, href)
    media = note.small_picture(metadata.text("thumbnail"))
    return [{"type": "bookmark", "attrs": {"url": url, "caption": caption, "media": media} | words}]
