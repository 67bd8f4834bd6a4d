"""Lines of Lexical text: texts with bits for marks, breaks and links."""

from collections.abc import Iterator
from typing import Any

from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields, as_number, as_text
from masthead.content.lexical.notebook import Notebook

BITS = (
    (1, "bold"),
    (2, "italic"),
    (4, "strike"),
    (8, "underline"),
    (16, "code"),
    (32, "subscript"),
    (64, "superscript"),
    (128, "highlight"),
)
TEXTS = frozenset({"text", "extended-text", "tk", "tab", "linebreak", "zwnj"})
LINKS = frozenset({"link", "autolink"})
SEARCHES = frozenset({"at-link", "at-link-search"})  # a link that somebody began to look up
DEEPEST = 40  # elements below one another in a line


def is_inline(node: Json) -> bool:
    """Say whether a node belongs into a line."""
    kind = node.get("type")
    return isinstance(kind, str) and kind in TEXTS | LINKS | SEARCHES


def text_parts(node: Json, note: Notebook, marks: list[Json]) -> list[Json]:
    """Read a node without children."""
    kind = node["type"]
    if kind == "linebreak":
        return [{"type": "hardBreak"}]
    if kind == "zwnj":
        return []
    text = as_text(node.get("text"), "\t" if kind == "tab" else "")
    bits = as_number(node.get("format"))
    if bits >= 256:
        note.problem(f"a format of a text was left out that is not known here: “{text[:80]}”")
    here = [{"type": name} for bit, name in BITS if bits & bit]
    return [{"type": "text", "text": text} | ({"marks": marks + here} if marks or here else {})] if text else []


def link_marks(node: Json, note: Notebook, marks: list[Json]) -> list[Json]:
    """Return the marks of what stands in a link; one in another link counts alone."""
    fields = Fields(node)
    href = "" if fields.flag("isUnlinked", default=False) else note.address(fields.text("url"))
    others = [mark for mark in marks if mark["type"] != "link"]
    return [*others, {"type": "link", "attrs": {"href": href}}] if href else marks


def note_search(node: Json, note: Notebook) -> None:
    """Note the words of a link that somebody only began to look up; Ghost does not show them either."""
    if words := "".join(as_text(leaf.get("text")) for leaf in leaves(node)):
        note.problem(f"a link was never finished and was left out: “{words[:80]}”")


def leaves(node: Any) -> Iterator[Json]:
    """Yield the nodes without children below a node, in order, however deep they stand."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, dict) and isinstance(here.get("children"), list):
            waiting.append(here["children"])
        elif isinstance(here, dict):
            yield here
