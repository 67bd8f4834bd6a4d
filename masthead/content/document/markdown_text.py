"""Inline content as Markdown: text escaped just enough, marks as delimiters where CommonMark allows them."""

import re

from masthead.content.document.node import Json
from masthead.content.document.schema import MARKS, NODES

SPECIAL = re.compile(r"[\\`*_\[\]<>~^|{}]|&(?=#?\w+;)|!$")
LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$))|:(?=\s)|!)", re.MULTILINE)

# A blank that is no space, such as U+00A0, would be taken away at both ends of a line.
EDGE_BLANK = re.compile(r"^[^\S \n]|[^\S \n]$", re.MULTILINE)


def escaped(text: str) -> str:
    """Escape what Markdown would read as something else."""
    return SPECIAL.sub(r"\\\g<0>", text)


def inline_markdown(nodes: list[Json]) -> str:
    """Write inline nodes; each marked run is closed before the next, so that runs may overlap freely."""
    parts: list[str] = []
    for place, node in enumerate(nodes):
        if node["type"] != "text":
            parts.append(NODES[node["type"]].markdown(node))
            continue
        before = _edge(nodes[place - 1], -1) if place else " "
        after = _edge(nodes[place + 1], 0) if place + 1 < len(nodes) else " "
        parts.append(_run(node, before, after))
    return _guard_line_start("".join(parts))


def _edge(node: Json, place: int) -> str:
    if node["type"] != "text" or node.get("marks"):
        return "x"  # something that is no blank: delimiters beside it may be misread
    return str(node["text"][place])


def _run(node: Json, before: str, after: str) -> str:
    text, marks = node["text"], node.get("marks", [])
    names = [mark["type"] for mark in marks]
    out = _code(text) if "code" in names else escaped(text)
    clear = before.isspace() and (after.isspace() or after in ".,;:!?)") and text[0].isalnum() and text[-1].isalnum()
    for mark in reversed(marks):
        kind = MARKS[mark["type"]]
        if mark["type"] == "code":
            continue
        if mark["type"] == "link":
            out = f"[{out}]({_destination(mark['attrs']['href'])})"
        elif kind.delimiter and clear and len(marks) == 1:
            out = f"{kind.delimiter}{out}{kind.delimiter}"
        else:
            out = kind.html(mark, out, None)
    return out


def _code(text: str) -> str:
    if "`" in text or text != text.strip() or "\n" in text:
        return f"<code>{escaped(text)}</code>"
    return f"`{text}`"


def _guard_line_start(text: str) -> str:
    """Escape what would begin a heading, list or rule at the start of a line."""

    def guard(found: re.Match[str]) -> str:
        sign = found[2]
        return found[1] + (f"&#{ord(sign[0])};{sign[1:]}" if sign[0].isdigit() else "\\" + sign)

    return EDGE_BLANK.sub(lambda found: f"&#{ord(found[0])};", LINE_START.sub(guard, text))


def _destination(href: str) -> str:
    return f"<{href}>" if set(href) & set("()&*_~") else href
