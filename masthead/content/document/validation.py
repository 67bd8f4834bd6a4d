"""What is wrong with a tree of nodes, place by place."""

from collections.abc import Iterator
from typing import Any

from masthead.content.document.node import Attr, Json
from masthead.content.document.problems import Problem
from masthead.content.document.schema import MARKS, NODES, may_hold

DEEPEST = 60  # nodes below one another; 16 tables in one another, as parsing allows, fit
MOST_NODES = 50_000
MOST_PROBLEMS = 50
LONGEST_TEXT = 10_000_000  # characters in one text


def problems_of(value: Json) -> list[Problem]:
    """Return what is wrong with the tree, at most 50 places; an empty list for a valid document."""
    if value.get("type") != "doc":
        return [Problem("type", "a document begins with a node of the type doc")]
    found: list[Problem] = []
    for count, problem in enumerate(_of_node(value, "", 0, ())):
        if problem is not None:
            found.append(problem)
        if len(found) >= MOST_PROBLEMS:
            break
        if count > MOST_NODES:
            return [*found, Problem("", f"a document may have at most {MOST_NODES} nodes; split it into two posts")]
    return found


def _of_node(node: Json, path: str, depth: int, refused: tuple[str, ...]) -> Iterator[Problem | None]:
    """Yield None for each node visited and a Problem for each that is wrong; `refused` may not stand below it."""
    yield None
    kind = NODES[node["type"]]
    if depth + bool(kind.needs) > DEEPEST:  # one more for what an empty one is filled with
        yield Problem(path, f"nodes stand more than {DEEPEST} deep; take some lists or quotes apart")
        return
    yield from _of_attrs(node.get("attrs"), kind.attrs, path)
    if kind.name == "text":
        yield from _of_text(node, path)
        return
    for key in set(node) - {"type", "attrs", "content"}:
        yield Problem(path, f"{kind.name} has no {str(key)[:40]!r}")
    yield from _of_content(node, path, depth, refused + kind.refuses)


def _of_content(node: Json, path: str, depth: int, refused: tuple[str, ...]) -> Iterator[Problem | None]:
    kind = NODES[node["type"]]
    content = node.get("content", [])
    if not isinstance(content, list):
        yield Problem(path, "content must be a list of nodes")
        return
    for place, child in enumerate(content):
        at = f"{path}{'.' if path else ''}content[{place}]"
        if not isinstance(child, dict) or not isinstance(child.get("type"), str):
            yield Problem(at, "a node must be an object with a type")
        elif child["type"] not in NODES:
            yield Problem(at, f"there is no node of the type {child['type'][:40]!r}")
        elif not may_hold(kind, NODES[child["type"]]):
            but = f" other than {' and '.join(kind.refuses)}" if kind.refuses else ""
            yield Problem(
                at, f"a {kind.name} may hold only {', '.join(kind.holds) or 'nothing'}{but}; found a {child['type']}"
            )
        elif child["type"] in refused:
            yield Problem(at, f"a {child['type']} may not stand in here, however deep; move it out of the card")
        else:
            yield from _of_node(child, at, depth + 1, refused)


def _of_attrs(attrs: Any, known: dict[str, Attr], path: str) -> Iterator[Problem]:
    if attrs is None:
        attrs = {}
    if not isinstance(attrs, dict):
        yield Problem(path, "attrs must be an object")
        return
    for name in set(attrs) - set(known):
        yield Problem(path, f"there is no attribute {str(name)[:40]!r} here")
    for name, attr in known.items():
        value = attrs.get(name)
        if value is None and attr.default is not None:
            continue
        if wrong := attr.check(value):
            yield Problem(path, f"{name} {wrong}")


def _of_text(node: Json, path: str) -> Iterator[Problem]:
    text = node.get("text")
    if not isinstance(text, str) or not text:
        yield Problem(path, "a text node must have text")
    elif len(text) > LONGEST_TEXT:
        yield Problem(path, f"a text may have at most {LONGEST_TEXT} characters")
    marks = node.get("marks", [])
    if not isinstance(marks, list):
        yield Problem(path, "marks must be a list")
        return
    for mark in marks:
        name = mark.get("type") if isinstance(mark, dict) else None
        if not isinstance(name, str) or name not in MARKS:
            yield Problem(path, f"there is no mark {str(name)[:40]!r}")
        else:
            yield from _of_attrs(mark.get("attrs"), MARKS[name].attrs, path)
