"""Reading cards out of HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from masthead.content.document.card import ADDRESSES, Card
from masthead.content.document.node import Json, walk_nodes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder

PART = "card-"
CUT: Json = {"type": "cut"}


def read_card(kind: Card, element: LexborNode, builder: Builder) -> list[Json] | None:
    """Read an element as this card, followed by what it may not hold; None if it is not this card, or an empty one.

    A cut inside it is moved before it, so that nothing that stood below the cut comes to stand above it.
    """
    if kind.css not in (element.attributes.get("class") or "").split():
        return None
    parts = dict(_parts(element))
    card: Json = {"type": kind.name, "attrs": _attrs(kind, element, parts, builder)}
    nodes = _with_content(kind, card, element, parts, builder)
    if not any(node["type"] == kind.name and not kind.is_empty(kind.cleaned(node)) for node in nodes):
        return None
    return _cut_first(kind, nodes, builder)


def _parts(element: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Yield the parts of a card by name, the last first; what stands in its body is not looked at."""
    found: list[tuple[str, LexborNode]] = []
    left = list(element.iter())
    while left:
        child = left.pop()
        names = [name for name in (child.attributes.get("class") or "").split() if name.startswith(PART)]
        found += [(name.removeprefix(PART), child) for name in names]
        if child.tag == "summary" and not names:
            found.append(("heading", child))
        if "card-body" not in names:
            left += child.iter()
    yield from found


def _attrs(kind: Card, element: LexborNode, parts: dict[str, LexborNode], builder: Builder) -> Json:
    attrs: Json = {}
    for name, attr in kind.attrs.items():
        value = _value(kind, name, element, parts.get(name) if name in kind.shown else None)
        if wrong := attr.check(value):
            builder.problem(f"the {name} of a {kind.name} was left out: it {wrong}")
            value = attr.default
        attrs[name] = value
    return attrs


def _value(kind: Card, name: str, element: LexborNode, part: LexborNode | None) -> Any:
    if part is not None and name in ADDRESSES:
        return (part.attributes.get("href") or "").strip()
    if part is not None:
        return " ".join(part.text().split())
    default = kind.attrs[name].default
    raw = element.attributes.get(f"data-{name.replace('_', '-')}")
    if raw is None or isinstance(default, str):
        return default if raw is None else raw.strip()
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw


def _with_content(
    kind: Card, card: Json, element: LexborNode, parts: dict[str, LexborNode], builder: Builder
) -> list[Json]:
    body = parts.get("body")
    if not kind.holds:
        return [card]
    if "inline" in kind.holds:
        return builder.flow(body or element, card)
    if "text" in kind.holds:
        return [card | {"content": builder.line(body) if body else []}]
    known = {part.mem_id for part in parts.values()}
    inside = (
        builder.blocks(body)
        if body
        else builder.blocks_among(child for child in element.iter(include_text=True) if child.mem_id not in known)
    )
    if "block" in kind.holds:
        return [card | {"content": inside}]
    mine = [node for node in inside if node["type"] in kind.holds]
    return [card | {"content": mine}, *(node for node in inside if node["type"] not in kind.holds)]


def _cut_first(kind: Card, nodes: list[Json], builder: Builder) -> list[Json]:
    if not any(inner is not node and inner["type"] == "cut" for node in nodes for _, inner in walk_nodes(node)):
        return nodes
    builder.problem(f"a cut inside a {kind.name} was moved before it")
    return [CUT, *(_uncut(node) for node in nodes if node["type"] != "cut")]


def _uncut(node: Json) -> Json:
    if "content" not in node:
        return node
    return node | {"content": [_uncut(child) for child in node["content"] if child["type"] != "cut"]}
