"""Searching through the page that people use."""

from typing import Any

from django.utils.http import urlencode
from selectolax.lexbor import LexborHTMLParser

from masthead.content.models import Post
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published


def indexed(title: str, text: str, *, cast: Cast, **fields: Any) -> Post:
    """Publish a post and let the worker index it."""
    post = published(title, text, cast=cast, **fields)
    work_off(without=["pictures"])
    return post


def results(words: str, member: Any = None, page: int = 1) -> LexborHTMLParser:
    """Return the page of results."""
    answer = client_of(member).get("/search/?" + urlencode({"q": words, "page": str(page)}))
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content)


def found(words: str, member: Any = None, page: int = 1) -> list[str]:
    """Return the headlines that were found, in their order."""
    return [node.text(strip=True) for node in results(words, member, page).css("ol.hits h2")]


def said(words: str, member: Any = None) -> str:
    """Return how many posts the page says there are; nothing where it did not search."""
    node = results(words, member).css_first("p[role=status]")
    return node.text(strip=True) if node else ""


def snippets(words: str, member: Any = None) -> list[str]:
    """Return the pieces of text under the headlines, as HTML."""
    return [node.inner_html or "" for node in results(words, member).css("ol.hits li > p:not(.meta)")]
