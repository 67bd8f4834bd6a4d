"""Lines and lists as Lexical nodes; None for what Lexical's own text cannot hold."""

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


def bullets(node: Json, pen: Pen) -> Json | None:
    """Write a list without an order."""
    return _list(node, pen, "bullet", "ul", 1)


def numbers(node: Json, pen: Pen) -> Json | None:
    """Write a list with numbers."""
    return _list(node, pen, "number", "ol", node["attrs"]["start"])


def _list(node: Json, pen: Pen, kind: str, tag: str, start: int) -> Json | None:
    items: list[Json] = []
    for place, item in enumerate(node["content"]):
        written = _item(item, pen, start + place, is_first=place == 0)
        if written is None:
            return None
        items += written
    return element("list", items, listType=kind, start=start, tag=tag)


def _item(item: Json, pen: Pen, value: int, *, is_first: bool) -> list[Json] | None:
    """Write an item: its line, and behind it an item for each list in it, which is how Ghost nests lists."""
    first, *rest = item["content"]
    nested = item["content"] if first["type"] in LISTS and is_first else rest
    begins = [] if nested is item["content"] else line(first["content"], pen) if first["type"] == "paragraph" else None
    lists = [LISTS[child["type"]](child, pen) if child["type"] in LISTS else None for child in nested]
    if begins is None or None in lists:
        return None
    own = [element("listitem", begins, value=value)] if nested is rest else []
    return own + [element("listitem", [child], value=value + len(own)) for child in lists if child]


LISTS = {"bulletList": bullets, "orderedList": numbers}
