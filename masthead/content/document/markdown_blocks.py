"""Block content as Markdown."""

from masthead.content.document.node import Json
from masthead.content.document.schema import NODES

LISTS = ("bulletList", "orderedList")


def blocks_markdown(nodes: list[Json]) -> str:
    """Write blocks with blank lines between; a comment keeps two lists in a row apart."""
    parts: list[str] = []
    for place, node in enumerate(nodes):
        if place and node["type"] in LISTS and nodes[place - 1]["type"] in LISTS:
            parts.append("<!-- -->")
        parts.append(NODES[node["type"]].markdown(node))
    return "\n\n".join(parts)


def indented(text: str, prefix: str) -> str:
    """Put `prefix` before every line; before an empty one only what of it is no blank."""
    return "\n".join((prefix + line).rstrip() if not line else prefix + line for line in text.split("\n"))


def hanging(text: str, marker: str) -> str:
    """Put a list marker before the first line and as many blanks before the others."""
    blanks = " " * len(marker)
    first, *rest = text.split("\n")
    return "\n".join(
        [(marker + first).rstrip() if not first else marker + first, *(blanks + line if line else "" for line in rest)]
    )
