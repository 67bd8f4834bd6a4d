"""The one form in which equal documents are equal: defaults filled in, texts merged, blanks folded, empties left out."""

import re
from typing import Any

from masthead.content.document.escaping import speakable
from masthead.content.document.node import Attr, Json
from masthead.content.document.schema import MARKS, NODES

BLANKS = re.compile(r"[ \t\n\r\f\v]+")
MARK_ORDER = ("link", "bold", "italic", "underline", "strike", "highlight", "subscript", "superscript", "code")


def canonical(node: Json) -> Json:
    """Return a valid node in its one form. Everything that cannot be stored in UTF-8 or XML is replaced."""
    kind = NODES[node["type"]]
    out: Json = {"type": kind.name}
    if kind.attrs:
        out["attrs"] = _attrs(node.get("attrs"), kind.attrs)
    if kind.holds:
        out["content"] = _content(node)
    return kind.cleaned(out)


def _content(node: Json) -> list[Json]:
    kind = NODES[node["type"]]
    is_line = "inline" in kind.holds or "text" in kind.holds
    children = node.get("content", [])
    content = _line(children, keep_blanks=not kind.marks) if is_line else [canonical(child) for child in children]
    content = [child for child in content if not NODES[child["type"]].is_empty(child)]
    if not content and kind.needs:
        filler: Json = {"type": kind.needs, "content": []}
        return [filler if kind.needs == "paragraph" else canonical(filler)]
    return content


def _attrs(given: Any, known: dict[str, Attr]) -> Json:
    given = given or {}
    values = {name: attr.default if given.get(name) is None else given[name] for name, attr in known.items()}
    return {name: speakable(value) if isinstance(value, str) else value for name, value in values.items()}


def _line(nodes: list[Json], *, keep_blanks: bool) -> list[Json]:
    """Merge texts with the same marks; fold blanks across them, and drop them at both ends and beside breaks."""
    out: list[Json] = []
    for node in nodes:
        if node["type"] != "text":
            inner = canonical(node)
            if not NODES[inner["type"]].is_empty(inner):
                out.append(inner)
            continue
        text = speakable(node["text"].replace("\r\n", "\n").replace("\r", "\n"))
        marks = [] if keep_blanks else _marks(node.get("marks", []))
        if out and out[-1]["type"] == "text" and out[-1].get("marks", []) == marks:
            out[-1]["text"] += text
        else:
            out.append({"type": "text", "text": text} | ({"marks": marks} if marks else {}))
    return out if keep_blanks else _folded(out)


def _marks(marks: list[Json]) -> list[Json]:
    """Return each kind of mark once, in one order; code stands alone with a link at most."""
    by_name: dict[str, Json] = {}
    for mark in marks:
        kind = MARKS[mark["type"]]
        attrs = {"attrs": _attrs(mark.get("attrs"), kind.attrs)} if kind.attrs else {}
        by_name.setdefault(kind.name, {"type": kind.name} | attrs)
    if "superscript" in by_name:
        by_name.pop("subscript", None)
    order = {name: place for place, name in enumerate(MARK_ORDER)}
    return sorted(by_name.values(), key=lambda mark: (order.get(mark["type"], len(order)), mark["type"]))


def _folded(line: list[Json]) -> list[Json]:
    out: list[Json] = []
    at_start = True  # of the line: a blank here is dropped
    for node in line:
        if node["type"] != "text":
            _trim_end(out)
            at_start = node["type"] == "hardBreak"
            out.append(node)
            continue
        text = BLANKS.sub(" ", node["text"])
        text = text.removeprefix(" ") if at_start else text
        if text:
            out.append(node | {"text": text})
            at_start = text.endswith(" ")
    _trim_end(out)
    while out and out[-1]["type"] == "hardBreak":
        out.pop()
        _trim_end(out)
    return _without_leading_breaks(_merged(out))


def _trim_end(line: list[Json]) -> None:
    while line and line[-1]["type"] == "text":
        text = line[-1]["text"].rstrip(" ")
        if text:
            line[-1] = line[-1] | {"text": text}
            return
        line.pop()


def _merged(line: list[Json]) -> list[Json]:
    out: list[Json] = []
    for node in line:
        same = out and node["type"] == out[-1]["type"] == "text" and out[-1].get("marks") == node.get("marks")
        if same:
            out[-1] = out[-1] | {"text": out[-1]["text"] + node["text"]}
        else:
            out.append(node)
    return out


def _without_leading_breaks(line: list[Json]) -> list[Json]:
    while line and line[0]["type"] == "hardBreak":
        line = line[1:]
    return line
