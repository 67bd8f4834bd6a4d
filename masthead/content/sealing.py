"""Parts of a post that are for some readers only: taken out of a document at publishing, put back for who may have them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from masthead.content.document import Document
from masthead.content.document.node import Json
from masthead.content.document.schema import SCHEMA

ContentOf = Callable[[Json], list[Json] | None]  # what of an audience node is shown; None: nothing of it


@dataclass(frozen=True, slots=True)
class Block:
    """What one `audience` node held."""

    number: int
    web: tuple[str, ...]
    mail: tuple[str, ...]
    document: Document


def take_out(document: Document, *, first: int = 1) -> tuple[Document, list[Block]]:
    """Return the document with each `audience` emptied and numbered from `first`, and what they held.

    One inside another is emptied, too: its words are for those whom both admit.
    """
    blocks: list[Block] = []

    def emptied(node: Json) -> Json:
        if "content" not in node:
            return node
        if node["type"] != "audience":
            return node | {"content": [emptied(child) for child in node["content"]]}
        number = first + len(blocks)
        attrs = node["attrs"]
        blocks.append(Block(number, tuple(attrs["web"]), tuple(attrs["mail"]), Document.empty()))
        inner = _document([emptied(child) for child in node["content"]])
        blocks[number - first] = Block(number, tuple(attrs["web"]), tuple(attrs["mail"]), inner)
        return node | {"attrs": attrs | {"number": number}, "content": []}

    return Document.stored(emptied(document.tree)), blocks


def put_back(document: Document, blocks: Mapping[int, Document]) -> Document:
    """Return the document with these parts in their places, and every other part gone."""
    return _kept(document, lambda node: blocks[n].tree["content"] if (n := node["attrs"]["number"]) in blocks else None)


def only_for(document: Document, who: str, *, mail: bool = False) -> Document:
    """Return a document that was not published, with only the parts for `who` ("staff": every part that has readers)."""
    name = "mail" if mail else "web"

    def content(node: Json) -> list[Json] | None:
        admitted: Collection[str] = node["attrs"][name]
        return node["content"] if who in admitted or (who == "staff" and admitted) else None

    return _kept(document, content)


def _kept(document: Document, content_of: ContentOf) -> Document:
    if not has_audience(document.tree):
        return document

    def kept(node: Json) -> Json | None:
        if "content" not in node:
            return node
        content = content_of(node) if node["type"] == "audience" else node["content"]
        if content is None:
            return None
        return node | {"content": [inner for child in content if (inner := kept(child)) is not None]}

    return Document.stored(kept(document.tree) or Document.empty().tree)


def has_audience(node: Json) -> bool:
    """Say whether there is such a part anywhere in it."""
    return node["type"] == "audience" or any(has_audience(child) for child in node.get("content", ()))


def _document(content: list[Json]) -> Document:
    return Document.stored({"type": "doc", "attrs": {"schema": SCHEMA}, "content": content})
