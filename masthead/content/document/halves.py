"""Taking documents apart at the cut, and putting them together again."""

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.content.document.document import Document
from masthead.content.document.node import Json, walk_nodes
from masthead.content.document.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Split:
    """What stands above the cut and below it; `body` is None for a document without a cut."""

    opening: Document
    body: Document | None


def has_cut(document: Document) -> bool:
    """Say whether there is a cut anywhere in the document."""
    return any(node["type"] == "cut" for _, node in walk_nodes(document.tree))


def without_cut(document: Document) -> Document:
    """Return the document with every cut taken out."""
    return Document.load(_without(document.json))


def _without(node: Json) -> Json:
    if "content" not in node:
        return node
    return node | {"content": [_without(child) for child in node["content"] if child["type"] != "cut"]}


def split_at_cut(document: Document) -> Split:
    """Cut in the tree at the first cut, at any depth; later cuts go.

    A list or quote around the cut goes on in the body (a numbered list goes on counting); the table row that holds
    it goes to the body whole. The opening never holds anything that stands after the cut.
    """
    if not has_cut(document):
        return Split(document, None)
    opening, body = _halves(document.json)
    return Split(Document.load(opening), Document.load(_without(body)))


def _halves(node: Json) -> tuple[Json, Json]:
    place, child = next((p, c) for p, c in enumerate(node["content"]) if _holds_cut(c))
    above, below = node["content"][:place], node["content"][place + 1 :]
    if child["type"] == "tableRow":
        return node | {"content": above}, node | {"content": [child, *below]}
    if child["type"] != "cut":
        first, second = _halves(child)
        above, below = [*above, first], [second, *below]
    return node | {"content": above}, _going_on(node, place) | {"content": below}


def _going_on(node: Json, place: int) -> Json:
    if node["type"] != "orderedList":
        return node
    return node | {"attrs": {"start": min(node["attrs"]["start"] + place, 99_999_999)}}


def _holds_cut(node: Json) -> bool:
    return any(inner["type"] == "cut" for _, inner in walk_nodes(node))


def first_paragraphs(document: Document, number: int) -> Split:
    """Split after the first `number` paragraphs of the text itself; what stands between them goes with them."""
    blocks = document.json["content"]
    ends = [place for place, block in enumerate(blocks) if block["type"] == "paragraph"]
    end = 0 if number <= 0 else ends[number - 1] + 1 if len(ends) >= number else len(blocks)
    return Split(Document.of(blocks[:end]), Document.of(blocks[end:]))


def join(opening: Document, body: Document) -> Document:
    """Put the two halves together; a list or quote that the cut went through stays two."""
    blocks = opening.tree["content"] + body.tree["content"]
    return Document.stored({"type": "doc", "attrs": {"schema": SCHEMA}, "content": blocks})


def walk(document: Document) -> Iterator[tuple[str, Json]]:
    """Yield (path, node) for every node in reading order."""
    return walk_nodes(document.tree)


def media_ids(document: Document) -> list[str]:
    """Return the tokens of the pictures in the document (figures, thumbnails, posters), in order, each once."""
    return _tokens(document, "media")


def file_ids(document: Document) -> list[str]:
    """Return the tokens of the files, recordings and films in the document, in order, each once."""
    return _tokens(document, "file")


def _tokens(document: Document, name: str) -> list[str]:
    found = (node.get("attrs", {}).get(name) for _, node in walk(document))
    return list(dict.fromkeys(filter(None, found)))
