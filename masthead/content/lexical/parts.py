"""What several cards have: a button, a tone, words with names to fill in."""

import re

from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields
from masthead.content.lexical.fragments import blocks_of
from masthead.content.lexical.notebook import Notebook

SIZES = ("regular", "wide", "full")
TONES = ("grey", "white", "blue", "green", "yellow", "red", "pink", "purple", "accent")
REPLACEMENT = re.compile(r"\{\s*[a-z][a-z_]*\s*(?:,\s*(?:\"[^\"{}]*\"|&quot;[^{}]*?&quot;|“[^”{}]*”)\s*)?\}")


def folded(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def paragraph(words: str, href: str = "") -> list[Json]:
    """Return a paragraph of these words, if there are any, leading to `href`."""
    marks = [{"type": "link", "attrs": {"href": href}}] if href else []
    text = {"type": "text", "text": words, "marks": marks}
    return [{"type": "paragraph", "content": [text]}] if words else []


def labelled(fields: Fields, note: Notebook, label: str, address: str, shown: str = "") -> tuple[str, str]:
    """Return the label and address of a button: both, or neither and a line for what was lost.

    `shown` names the field that switches it on; one that is off was never seen by a reader.
    """
    is_on = not shown or fields.flag(shown, default=bool(fields.text(address)))
    words, given = folded(fields.text(label)), fields.text(address)
    href = note.address(given) if is_on else ""
    if href:
        return words or href, href
    if words and given and not is_on:
        note.problem(f"a button that was switched off was left out: “{words}”, {given[:120]}")
    elif words and is_on:
        note.problem(f"a button without an address was left out: “{words}”")
    return "", ""


def size_of(fields: Fields, note: Notebook, default: str) -> str:
    """Return how wide a card is; one whose picture stood beside its words is as wide as the page."""
    layout = fields.text("layout") or default
    if layout not in SIZES:
        note.problem(f"the layout “{layout[:20]}” of a card became full")
        return "full"
    return layout


def tone_of(fields: Fields, default: str, note: Notebook) -> str:
    """Return the tone for a background colour; `none` is white."""
    colour = fields.text("backgroundColor") or default
    if colour not in TONES and colour != "none":
        note.problem(f"the background “{colour[:30]}” of a card became {default}")
    return "white" if colour == "none" else colour if colour in TONES else default


def mailed(source: str, note: Notebook) -> list[Json]:
    """Read HTML for mail, and name the places where Ghost would fill in a name."""
    for found in REPLACEMENT.findall(source):
        note.problem(f"“{found.replace('&quot;', chr(34))}” is not filled in here; it stands as it is")
    return blocks_of(source, note)
