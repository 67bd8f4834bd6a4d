"""A card's fields, whatever their types."""

import math
from typing import Any

from masthead.content.document.escaping import speakable
from masthead.content.document.node import Json

# How a card looks or was made, and what follows from its files: not kept, and not worth a line.
SILENT = frozenset(
    """type version visibility width height imageWidth imageHeight productImageWidth productImageHeight mimeType row
    thumbnailWidth thumbnailHeight backgroundImageWidth backgroundImageHeight backgroundSize backgroundColor textColor
    backgroundImageStyle accentColor buttonColor buttonTextColor linkColor swapped style size isOpen direction format
    indent cardName fileName icon detail mode children""".split()
)


class Fields:
    """Reads fields and remembers which were asked for; a value of a wrong type is taken as absent."""

    def __init__(self, node: Any) -> None:
        self.node: Json = node if isinstance(node, dict) else {}
        self.asked: set[str] = set()

    def raw(self, name: str) -> Any:
        """Return a field as it is, None if there is none."""
        self.asked.add(name)
        return self.node.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; a number is written out."""
        return as_text(self.raw(name), default)

    def number(self, name: str, most: int = 2**31 - 1) -> int:
        """Return a whole number from 0 to `most`; 0 for anything else."""
        return as_number(self.raw(name), most)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return yes or no."""
        value = self.raw(name)
        return value if isinstance(value, bool) else bool(value) if isinstance(value, int) else default

    def choice(self, name: str, known: tuple[str, ...], default: str = "") -> str:
        """Return one of `known`, by default the first."""
        value = self.text(name)
        return value if value in known else default or known[0]

    def inner(self, name: str) -> "Fields":
        """Return the fields of an object in this one."""
        return Fields(self.raw(name))

    def items(self, name: str) -> list[Any]:
        """Return a list, empty for anything else."""
        value = self.raw(name)
        return value if isinstance(value, list) else []

    def unread(self) -> list[str]:
        """Name the fields with something in them that nobody asked for."""
        rest = (name for name in self.node if name not in self.asked and name not in SILENT)
        return [str(name)[:40] for name in rest if self.node[name] not in (None, "", False, 0, [], {})][:20]


def as_text(value: Any, default: str = "") -> str:
    """Return a text that can be stored, or `default` for what is none."""
    if isinstance(value, str):
        return speakable(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else default


def as_number(value: Any, most: int = 2**31 - 1) -> int:
    """Return a whole number from 0 to `most`; 0 for what is none."""
    if isinstance(value, str) and len(value) < 20:
        try:
            value = float(value)
        except ValueError:
            return 0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 0
    return min(max(round(value), 0), most)


def shown(value: Any) -> str:
    """Return a few characters that show a value of any type; nothing deep is written out."""
    return as_text(value)[:80] or type(value).__name__
