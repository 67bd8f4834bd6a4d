"""Every card with one text in every place that takes text."""

from typing import Any

from masthead.content.document.card import Card
from masthead.content.document.schema import NODES

Json = dict[str, Any]
TOKEN = "quay0000monday00"
CARDS = [name for name, kind in NODES.items() if isinstance(kind, Card)]
GOOD = {"href": "/there/", "url": "https://there.example/", "media": TOKEN, "file": TOKEN}


def card_of(name: str, text: str) -> Json:
    """Return a card with the text in every attribute that takes it and in what it holds."""
    attrs: Json = {}
    for attr, known in NODES[name].attrs.items():
        if known.default == []:
            attrs[attr] = [text]
        elif attr in GOOD:
            attrs[attr] = GOOD[attr]
        elif known.check(text) is None:
            attrs[attr] = text
    return {"type": name, "attrs": attrs} | _content(name, text)


def _content(name: str, text: str) -> Json:
    line = [{"type": "text", "text": text}]
    held: Json = {
        "": [],
        "inline": line,
        "text": line,
        "block": [{"type": "paragraph", "content": line}],
        "figure": [{"type": "figure", "attrs": {"media": TOKEN, "alt": text, "credit": text}, "content": line}],
    }
    return {"content": held[NODES[name].holds[0]]} if NODES[name].holds else {}
