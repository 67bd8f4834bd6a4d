"""Looking at an answer as a browser or a feed reader would: which elements, attributes and addresses are there."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

Skeleton = list[tuple[str, tuple[str, ...]]]
ACTIVE = frozenset(
    "script style iframe frame object embed applet svg math base meta link form input button template noscript".split()
)
LEADING = frozenset("href src action formaction data poster cite background ping srcset xlink:href".split())
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
OURS = frozenset({"", "paper.example", "testserver", "there.example"})  # the last is where cards of other sites lead


def skeleton(html: str) -> Skeleton:
    """Every element with the names of its attributes, in order: what a text must not change.

    Choices of a select stand in the order of their words, so that theirs alone is left out of account.
    """
    found = [(str(node.tag), tuple(node.attributes)) for node in LexborHTMLParser(html).css("*")]
    choices = [element for element in found if element[0] == "option"]
    return [element for element in found if element[0] != "option"] + sorted(choices)


def is_bad_address(value: str, *, elsewhere: bool = False) -> bool:
    """Say whether an address would run something, or leads to another site where none was written."""
    cleaned = "".join(letter for letter in value if letter > " ").replace("\\", "/")
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return True
    return parts.scheme.lower() not in SAFE_SCHEMES or not (elsewhere or (parts.hostname or "") in OURS)


def dangers(html: str, *, elsewhere: bool = False) -> list[str]:
    """Everything in a piece of text's HTML that could act: active elements, handlers, styles, bad addresses."""
    found: list[str] = []
    for node in LexborHTMLParser(f"<!DOCTYPE html><body>{html}").css("body *"):
        tag = str(node.tag)
        found += [tag] if tag in ACTIVE or ":" in tag else []
        for name, value in node.attributes.items():
            found += [f"{tag} {name}"] if name.startswith("on") or name in ("style", "srcdoc", "target", "is") else []
            found += [f"{name}={value}"] if name in LEADING and is_bad_address(value or "", elsewhere=elsewhere) else []
    return found


def handlers(html: str) -> list[str]:
    """What no page of ours has anywhere: handlers, inline styles, scripts of words, addresses that run something."""
    found: list[str] = []
    for node in LexborHTMLParser(html).css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                found.append(f"{node.tag} {name}")
            if name in LEADING and is_bad_address(value or "", elsewhere=True):
                found.append(f"{name}={value}")
        if (
            node.tag == "script"
            and not node.attributes.get("src")
            and node.attributes.get("type") != "application/ld+json"
        ):
            found.append("a script of words")
        if node.tag in ("style", "iframe", "object", "embed", "base"):
            found.append(str(node.tag))
    return found


def words_of(html: str, selector: str) -> str:
    """The text that a reader sees in the first element found."""
    node = LexborHTMLParser(html).css_first(selector)
    return folded(node.text()) if node else ""


def folded(text: str) -> str:
    """Text with its blanks folded, as a browser shows it."""
    return " ".join(text.split())


def xml_texts(xml: bytes) -> Iterator[tuple[str, str]]:
    """Yield (element, text) of a document; raises for one that is not well-formed."""
    for element in fromstring(xml).iter():
        yield element.tag.rpartition("}")[2], element.text or ""


def linked_data(html: str) -> list[Any]:
    """Every block of structured data, parsed."""
    found = LexborHTMLParser(html).css('script[type="application/ld+json"]')
    return [json.loads(node.text()) for node in found]
