"""A paper that used to run on Ghost: its address, and which of its pictures and files are here."""

import json
from typing import Any

from masthead.content.document import Parsed
from masthead.content.document.node import walk_nodes
from masthead.content.lexical import from_lexical, to_lexical

Json = dict[str, Any]
HOME = "https://paper.example"
HARBOUR, CREW, POSTER = "harbour0000000001", "crew0000000000001", "poster00000000001"
FILM, SONG, PAPER = "film0000000000001", "song0000000000001", "paper000000000001"
PICTURES = {
    "/content/images/2024/harbour.jpg": HARBOUR,
    "/content/images/2024/crew.jpg": CREW,
    "/content/images/2024/poster.jpg": POSTER,
}
FILES = {"/content/media/film.mp4": FILM, "/content/media/song.mp3": SONG, "/content/files/paper.pdf": PAPER}
ADDRESS = {token: address for address, token in {**PICTURES, **FILES}.items()}


def read(source: Any) -> Parsed:
    """Read Lexical of this paper."""
    return from_lexical(source, images=PICTURES.get, files=FILES.get, home=HOME)


def read_nodes(*nodes: Json) -> Parsed:
    """Read a Lexical document of these nodes."""
    return read(json.dumps({"root": {"type": "root", "children": list(nodes)}}))


def blocks(*nodes: Json) -> list[Json]:
    """Return our blocks for these nodes."""
    return list(read_nodes(*nodes).document.json["content"])


def only(*nodes: Json) -> Json:
    """Return the one block that these nodes become."""
    (block,) = blocks(*nodes)
    return block


def written(parsed: Parsed) -> Json:
    """Write a document as this paper's Lexical."""
    return to_lexical(parsed.document, image=ADDRESS.__getitem__, file=ADDRESS.__getitem__, home="__GHOST_URL__")


def words(parsed: Parsed) -> str:
    """Return everything that a document holds, as one text."""
    return json.dumps([node for _, node in walk_nodes(parsed.document.tree)], ensure_ascii=False)


def text(words: str, format: int = 0, kind: str = "extended-text") -> Json:
    """Return a Lexical text."""
    return {"type": kind, "text": words, "format": format, "style": "", "mode": "normal", "detail": 0, "version": 1}


def element(kind: str, *children: Json, **fields: Any) -> Json:
    """Return a Lexical element."""
    return {"type": kind, "children": list(children), "direction": "ltr", "format": "", "indent": 0, **fields}


def paragraph(words: str) -> Json:
    """Return a Lexical paragraph."""
    return element("paragraph", text(words))
