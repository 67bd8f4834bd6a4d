"""Making a document of what was read: one cut, audiences at the top, nothing that a node may not hold."""

from masthead.content.document import Document, DocumentError
from masthead.content.document.node import Json, walk_nodes
from masthead.content.document.rendering import plain
from masthead.content.document.schema import NODES, may_hold
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.visibility import Audience, audience_in

CUT: Json = {"type": "cut"}


def settled(blocks: list[Json], note: Notebook) -> Document:
    """Make a document. The first cut counts, and what is for some readers stays for no more of them.

    Raises DocumentError for one that is larger than a document may be: the words alone would have no cut.
    """
    out = [one for block in blocks for one in _settled_block(block, note)]
    return Document.of(_one_cut(out, note))


def _settled_block(block: Json, note: Notebook) -> list[Json]:
    """Bring one block at the top into order; one that is no block of ours keeps its words."""
    audience, inside = opened(block)
    if audience != (audience_in(block) if block["type"] == "audience" else Audience()):
        note.problem("a part of a list, quote or card was for some readers only; now all of it is")
    cut: list[Json] = []
    if any(_has_cut(one) for one in inside) and not (audience.is_everybody and all(map(_is_well_cut, inside))):
        note.problem("a cut inside a card was moved before it")
        cut, inside = [CUT], [_without_cut(one) for one in inside if one != CUT]
    return cut + audience.around([one for each in inside for one in _sound(each, note)])


def opened(block: Json) -> tuple[Audience, list[Json]]:
    """Return who sees a block, and what is in it without audiences: the narrowest holds for all of it."""
    found = [node for _, node in walk_nodes(block) if node["type"] == "audience"]
    audience = Audience()
    for node in found:
        audience = audience.narrowed(audience_in(node))
    return audience, _unwrapped(block) if found else [block]


def _unwrapped(node: Json) -> list[Json]:
    if "content" not in node:
        return [node]
    content = [one for child in node["content"] for one in _unwrapped(child)]
    return content if node["type"] == "audience" else [node | {"content": content}]


def _has_cut(node: Json) -> bool:
    return any(inner["type"] == "cut" for _, inner in walk_nodes(node))


def _is_well_cut(node: Json) -> bool:
    """Say whether every cut in a node stands where one may."""
    kind = NODES[node["type"]]
    around = [child for child in node.get("content", []) if _has_cut(child)]
    return not (around and "cut" in kind.refuses) and all(
        may_hold(kind, NODES[child["type"]]) and _is_well_cut(child) for child in around
    )


def _without_cut(node: Json) -> Json:
    if "content" not in node:
        return node
    return node | {"content": [_without_cut(child) for child in node["content"] if child["type"] != "cut"]}


def _sound(block: Json, note: Notebook) -> list[Json]:
    """Return a block that a document may hold: itself, or its words (and a cut that stood in it, first)."""
    try:
        Document.of([block])
    except DocumentError as error:
        note.problem(f"this was kept without its form: {error.problems[0].message}")
        words = " ".join(_words(block).split())
        cut = [CUT] if _has_cut(block) else []
        return cut + ([{"type": "paragraph", "content": [{"type": "text", "text": words}]}] if words else [])
    return [block]


def _words(block: Json) -> str:
    leaves = (node for _, node in walk_nodes(block) if not node.get("content"))
    return " ".join(node["text"] if node["type"] == "text" else plain(node) for node in leaves if "attrs" not in node)


def _one_cut(blocks: list[Json], note: Notebook) -> list[Json]:
    """Leave out every cut but the first."""
    seen = False

    def kept(node: Json) -> list[Json]:
        nonlocal seen
        if node["type"] == "cut":
            if seen:
                note.problem("a second cut was left out; the first one counts")
            first, seen = not seen, True
            return [node] if first else []
        if "content" not in node:
            return [node]
        return [node | {"content": [one for child in node["content"] for one in kept(child)]}]

    return [one for block in blocks for one in kept(block)]
