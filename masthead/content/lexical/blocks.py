"""Lexical's blocks: paragraphs, headings, quotes and lists; cards by their table."""

from collections.abc import Callable
from typing import Any

from masthead.content.document.node import Json
from masthead.content.document.schema import NODES
from masthead.content.lexical import inline
from masthead.content.lexical.cards import is_card, read_card
from masthead.content.lexical.fields import Fields, as_number, as_text, shown
from masthead.content.lexical.notebook import Notebook

DEEPEST_LIST = 16  # lists below one another
LARGEST_START = 99_999_999
LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}


def blocks(children: Any, note: Notebook, depth: int = 0) -> list[Json]:
    """Read nodes as blocks; a line that stands loose among them becomes a paragraph."""
    out: list[Json] = []
    loose: list[Json] = []
    for child in nodes_in(children, note):
        if inline.is_inline(child):
            loose.append(child)
            continue
        out += flow(loose, note, {"type": "paragraph"}, depth) + block(child, note, depth)
        loose = []
    return out + flow(loose, note, {"type": "paragraph"}, depth)


def nodes_in(children: Any, note: Notebook) -> list[Json]:
    """Return the nodes of a list of children; what is no node is noted."""
    if not isinstance(children, list):
        return []
    good = [child for child in children if isinstance(child, dict)]
    for child in children:
        if not isinstance(child, dict) and child is not None:
            note.problem(f"something that is no node was left out: “{shown(child)}”")
    return good


def block(node: Json, note: Notebook, depth: int) -> list[Json]:
    """Read one node that is no line."""
    kind = as_text(node.get("type"))
    if depth > inline.DEEPEST:
        return too_deep(node, note)
    if kind in BLOCKS:
        return BLOCKS[kind](node, note, depth + 1)
    if is_card(kind) or not isinstance(node.get("children"), list):
        return read_card(node, note)
    note.problem(f"there is no “{kind[:40]}” here; what stood in it was kept")
    return blocks(node["children"], note, depth + 1)


def too_deep(node: Json, note: Notebook) -> list[Json]:
    """Keep the words of a node and the cards in it, without what stood around them."""
    note.problem("text that stood too deep was kept without its form")
    out: list[Json] = []
    words: list[str] = []
    for inner in inline.leaves(node):
        kind = as_text(inner.get("type"))
        if is_card(kind) or not (inline.is_inline(inner) or kind in BLOCKS or isinstance(inner.get("text"), str)):
            out += _as_paragraph(words) + read_card(inner, note)
            words = []
        else:
            words.append(as_text(inner.get("text")))
    return out + _as_paragraph(words)


def _as_paragraph(words: list[str]) -> list[Json]:
    text = " ".join(" ".join(words).split())
    return [{"type": "paragraph", "content": [{"type": "text", "text": text}]}] if text else []


def flow(children: Any, note: Notebook, holder: Json, depth: int) -> list[Json]:
    """Read a line into `holder`; a card or list in the line ends it there, and another begins after it."""
    out: list[Json] = []
    line: list[Json] = []
    for part in _parts(children, note, [], depth):
        if NODES[part["type"]].group == "inline":
            line.append(part)
        else:
            out += [holder | {"content": line}] if line else []
            out.append(part)
            line = []
    return out + ([holder | {"content": line}] if line else [])


def _parts(children: Any, note: Notebook, marks: list[Json], depth: int) -> list[Json]:
    return [part for child in nodes_in(children, note) for part in _part(child, note, marks, depth)]


def _part(node: Json, note: Notebook, marks: list[Json], depth: int) -> list[Json]:
    kind = as_text(node.get("type"))
    if kind in inline.TEXTS:
        return inline.text_parts(node, note, marks)
    if kind in inline.SEARCHES:
        inline.note_search(node, note)
        return []
    if depth > inline.DEEPEST:
        return too_deep(node, note)
    if kind in inline.LINKS:
        return _parts(node.get("children"), note, inline.link_marks(node, note, marks), depth + 1)
    if kind in BLOCKS or is_card(kind):
        return block(node, note, depth + 1)
    return _unknown(node, note, marks, depth)


def _unknown(node: Json, note: Notebook, marks: list[Json], depth: int) -> list[Json]:
    kind = as_text(node.get("type"))[:40]
    if isinstance(node.get("children"), list):
        note.problem(f"there is no “{kind}” here; what stood in it was kept")
        return _parts(node["children"], note, marks, depth + 1)
    if isinstance(node.get("text"), str):
        note.problem(f"there is no “{kind}” here; its text was kept")
        return inline.text_parts(node | {"type": "text"}, note, marks)
    return read_card(node, note)


def _paragraph(node: Json, note: Notebook, depth: int) -> list[Json]:
    return flow(node.get("children"), note, {"type": "paragraph"}, depth)


def _heading(node: Json, note: Notebook, depth: int) -> list[Json]:
    tag = as_text(node.get("tag"), "h2")
    level = LEVELS.get(tag, 2)
    if tag != f"h{level}":
        note.problem(f"a heading {tag[:10]} became one of level {level}")
    return flow(node.get("children"), note, {"type": "heading", "attrs": {"level": level}}, depth)


def _quote(node: Json, note: Notebook, depth: int) -> list[Json]:
    return [{"type": "blockquote", "content": blocks(node.get("children"), note, depth)}]


def _aside(node: Json, note: Notebook, depth: int) -> list[Json]:
    return flow(node.get("children"), note, {"type": "pullQuote"}, depth)


def _list(node: Json, note: Notebook, depth: int) -> list[Json]:
    if depth > DEEPEST_LIST:
        return too_deep(node, note)
    fields = Fields(node)
    items = [{"type": "listItem", "content": item} for item in _items(node, note, depth)]
    if "number" in (kind := fields.text("listType")) or (not kind and fields.text("tag") == "ol"):
        start = 1 if node.get("start") is None else as_number(node.get("start"), LARGEST_START)
        return [{"type": "orderedList", "attrs": {"start": start}, "content": items}]
    return [{"type": "bulletList", "content": items}]


def _items(node: Json, note: Notebook, depth: int) -> list[list[Json]]:
    """Read items; one that begins with a list is Ghost's way to nest that list in the item before it."""
    items: list[list[Json]] = []
    is_check = node.get("listType") == "check"
    for child in nodes_in(node.get("children"), note):
        is_item = child.get("type") == "listitem"
        first = next(iter(nodes_in(child.get("children"), note)), {}) if is_item else child
        content = blocks(child.get("children"), note, depth) if is_item else blocks([child], note, depth)
        if first.get("type") == "list" and items:
            items[-1] += content
        else:
            items.append(_checked(child, content, note) if is_check else content)
    return items


def _checked(item: Json, content: list[Json], note: Notebook) -> list[Json]:
    note.problem("a list to tick off became a list with ☐ and ☑ before its items")
    sign: Json = {"type": "text", "text": "☑ " if item.get("checked") is True else "☐ "}
    if content and content[0]["type"] == "paragraph":
        return [content[0] | {"content": [sign, *content[0]["content"]]}, *content[1:]]
    return [{"type": "paragraph", "content": [sign]}, *content]


def _item_alone(node: Json, note: Notebook, depth: int) -> list[Json]:
    return _list({"children": [node]}, note, depth)


def _root(node: Json, note: Notebook, depth: int) -> list[Json]:
    return blocks(node.get("children"), note, depth)


BLOCKS: dict[str, Callable[[Json, Notebook, int], list[Json]]] = {
    "root": _root,
    "paragraph": _paragraph,
    "heading": _heading,
    "extended-heading": _heading,
    "quote": _quote,
    "extended-quote": _quote,
    "aside": _aside,
    "list": _list,
    "listitem": _item_alone,
}
