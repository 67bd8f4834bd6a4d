"""The examples: each a few blocks, and how they are written for the web, mail, plain text and Markdown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from masthead.content.document import Attached, Document, Picture, Rendition
from masthead.content.document.node import walk_nodes

Json = dict[str, Any]
TOKEN = "quay0000monday00"
ADDRESS = "https://paper.example"
PICTURES = {
    TOKEN: Picture(
        1200, 800, tuple(Rendition(format, 600, f"/media/{TOKEN}/600.{format}") for format in ("webp", "jpeg"))
    )
}
FILES = {
    "tide0000tables00": Attached("/files/tide0000tables00/tides.pdf", "tides.pdf", 1_250_000, "application/pdf"),
    "fog00000signal00": Attached("/files/fog00000signal00/fog.mp3", "fog.mp3", 4_000_000, "audio/mpeg"),
    "ferry000crossing": Attached("/files/ferry000crossing/ferry.mp4", "ferry.mp4", 90_000_000, "video/mp4"),
}


@dataclass(frozen=True)
class Example:
    """One example; `back` is what its HTML reads back as, where that is not the same (the cut is written as nothing)."""

    name: str
    blocks: list[Json]
    html: str
    mail: str
    text: str
    markdown: str
    back: list[Json] | None

    @property
    def document(self) -> Document:
        return Document.of(self.blocks)


def load() -> list[Example]:
    """Read every example of the YAML files beside this one."""
    found: list[Example] = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            back = entry.pop("back_from_html", None)
            found.append(Example(**entry, back=back))
    return found


def names_in(examples: list[Example]) -> set[str]:
    """Name every node and mark that stands in the examples."""
    nodes = [node for example in examples for _, node in walk_nodes(example.document.json)]
    marks = {mark["type"] for node in nodes for mark in node.get("marks", [])}
    return {node["type"] for node in nodes} | marks
