"""Counting words."""

import re

from masthead.content.document.document import Document
from masthead.content.document.rendering import to_text

# A run of letters and digits is a word; scripts that are written without blanks count by character.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+(?:['’.-]\w+)*"
)


def word_count(document: Document) -> int:
    """Count the words of a document, captions and footnotes included."""
    return sum(1 for _ in WORD.finditer(to_text(document)))
