"""The words of a text, to see whether any were lost on the way."""

import re
import unicodedata
from collections import Counter
from typing import Final

from selectolax.lexbor import LexborHTMLParser

WORD: Final = re.compile(r"\w+")
ADDRESS: Final = re.compile(r"\[?https?://\S+")
SILENT: Final = "script, style, template, noscript, svg, iframe, title"
# What Ghost's own cards write beside the words of the author.
CHROME: Final = ".kg-video-player-container, .kg-audio-player-container, .kg-audio-player, .kg-file-card-icon, .kg-signup-card-error"


def words_of_html(html: str) -> Counter[str]:
    """Count the words that a reader of this HTML sees."""
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    for node in [*tree.css(SILENT), *tree.css(CHROME)]:
        node.decompose()
    return words_of(tree.body.text(separator=" ") if tree.body else "")


def words_of(text: str) -> Counter[str]:
    """Count the words of a plain text, without addresses and whatever their case."""
    shown = unicodedata.normalize("NFKC", ADDRESS.sub(" ", text)).casefold()
    return Counter(WORD.findall(shown))


def lost(before: Counter[str], after: Counter[str]) -> Counter[str]:
    """Return the words that are there less often than before; joined and split ones are forgiven where letters agree."""
    missing = before - after
    if not missing:
        return missing
    letters = "".join(after)
    return Counter({word: count for word, count in missing.items() if after[word] or word not in letters})
