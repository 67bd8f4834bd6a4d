"""Looking at public pages."""

import json
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.models import Post
from tests.cast import Cast, client_of, published

# Every public door there is, for a post at /a-ship/ of the section and the writer of the cast.
PAGES = ("/", "/a-ship/", "/tag/world/", "/author/ines-okafor/", "/archive/", "/search/", "/search/?q=ship")
FEEDS = tuple(
    f"{of}{kind}" for of in ("/", "/tag/world/", "/author/ines-okafor/") for kind in ("rss/", "atom.xml", "feed.json")
)
SITEMAPS = ("/sitemap.xml", "/sitemaps/posts-1.xml", "/sitemaps/tags.xml", "/sitemaps/authors.xml", "/sitemap-news.xml")
TEXTS = ("/robots.txt", "/.well-known/security.txt")
DOORS = (*PAGES, *FEEDS, *SITEMAPS, *TEXTS)

GATED = "Gatedwords"
TEXT = f"Openingwords stand above.\n\n<!--more-->\n\n{GATED} stand below."


def a_ship(cast: Cast, visibility: str = "paid", **fields: Any) -> Post:
    """Publish a post at /a-ship/ with words above and below the cut."""
    return published("A ship", TEXT, cast=cast, visibility=visibility, **fields)


def page(path: str, member: Any = None) -> LexborHTMLParser:
    """Return a page as a browser reads it."""
    answer = client_of(member).get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content)


def part(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """Return the first part of the page that fits."""
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


def links(tree: LexborHTMLParser, selector: str = "main a") -> list[str]:
    """Return where the links lead."""
    return [node.attributes.get("href") or "" for node in tree.css(selector)]


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    """Return the text of each part."""
    return [node.text(strip=True) for node in tree.css(selector)]


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> list[str]:
    """Return an attribute of each part."""
    return [node.attributes.get(name) or "" for node in tree.css(selector)]


def linked_data(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return the structured data of a page."""
    found = tree.css('script[type="application/ld+json"]')
    assert len(found) == 1
    told: dict[str, Any] = json.loads(found[0].text())
    return told


def anyone() -> Client:
    """Return a browser without a cookie."""
    return Client()
