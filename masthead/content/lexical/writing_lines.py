"""Lines and lists as Lexical nodes; None for what Lexical's own text cannot hold."""

from typing import Any

from masthead.content.document.node import Json
from masthead.content.lexical.inline import BITS
from masthead.content.lexical.pen import Pen

BIT_OF = {name: bit for bit, name in BITS}


def element(kind: str, children: list[Json], **fields: object) -> Json:
    """Return a Lexical node with children."""
    common: Json = {"children": children, "direction": None, "format": "", "indent": 0}
    return common | {"type": kind, "version": 1} | fields


def line(content: list[Json], pen: Pen) -> list[Json] | None:
    """Write a line; None for one with a footnote or a mark that Lexical has not."""
    out: list[Json] = []
    for part in content:
        written = _part(part, pen)
        if written is None:
            return None
        out.append(written)
    return out


def _part(part: Json, pen: Pen) -> Json | None:
    if part["type"] == "hardBreak":
        return {"type": "linebreak", "version": 1}
    if part["type"] != "text":
        return None
    names = [mark["type"] for mark in part.get("marks", [])]
    if not set(names) <= {*BIT_OF, "link"}:
        return None
    bits = sum(BIT_OF.get(name, 0) for name in names)
    text = {"detail": 0, "format": bits, "mode": "normal", "style": "", "text": part["text"]}
    written: Json = text | {"type": "extended-text", "version": 1}
    href = next((mark["attrs"]["href"] for mark in part.get("marks", []) if mark["type"] == "link"), None)
    if href is None:
        return written
    return element("link", [written], rel=None, target=None, title=None, url=pen.address(href))


def bullets(node: Json, pen: Pen, depth: int = 0) -> Json | None:
    """Write a list without an order."""
    return _list(node, pen, depth, listType="bullet", start=1, tag="ul")


def numbers(node: Json, pen: Pen, depth: int = 0) -> Json | None:
    """Write a list with numbers."""
    return _list(node, pen, depth, listType="number", start=node["attrs"]["start"], tag="ol")


def _list(node: Json, pen: Pen, depth: int, **fields: Any) -> Json | None:
    items: list[Json] = []
    for place, item in enumerate(node["content"]):
        written = _item(item, pen, depth, is_first=place == 0)
        if written is None:
            return None
        items += [
            element("listitem", children, value=fields["start"] + place + later, indent=depth)
            for later, children in enumerate(written)
        ]
    return element("list", items, **fields)


def _item(item: Json, pen: Pen, depth: int, *, is_first: bool) -> list[list[Json]] | None:
    """Write an item: its line, and behind it an item for each list in it, which is how Ghost nests lists."""
    first, *rest = item["content"]
    if first["type"] == "paragraph":
        begins = line(first["content"], pen)
        own = None if begins is None else [begins]
    else:
        own, rest = ([] if is_first else None), item["content"]
    lists = [LISTS[child["type"]](child, pen, depth + 1) if child["type"] in LISTS else None for child in rest]
    written = [[child] for child in lists if child is not None]
    return None if own is None or len(written) < len(lists) else own + written


LISTS = {"bulletList": bullets, "orderedList": numbers}
