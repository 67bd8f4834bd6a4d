"""Reading lines of text out of HTML: texts, marks, breaks and footnotes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from masthead.content.document.node import Json
from masthead.content.document.schema import MARKS, NODES

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder

INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q ruby s samp small span
    strong sub sup time tt u var wbr -text""".split()
)
DEEPEST_INLINE = 60  # elements below one another in a line
BLOCKS = frozenset("p div ul ol table blockquote pre h1 h2 h3 h4 h5 h6 figure section article aside hr details".split())


class InlineReader:
    """Reads inline content; a picture or a cut inside a line ends the line there."""

    problems: list[str]
    root: LexborNode

    def __init__(self) -> None:
        self.problems = []
        self.inline_depth = 0

    def problem(self, what: str) -> None:
        """Note what could not be kept as it was, once."""
        if what not in self.problems:
            self.problems.append(what)

    def is_inline(self, node: LexborNode) -> bool:
        """Whether an element belongs into a line of text."""
        tag = str(node.tag)
        return tag in INLINE and not (tag != "-text" and self.holds_blocks(node))

    def holds_blocks(self, element: LexborNode) -> bool:
        """Whether blocks stand somewhere inside an element."""
        return any(str(node.tag) in BLOCKS for node in element.traverse() if node.mem_id != element.mem_id)

    def flow(self, element: LexborNode, holder: Json | None = None) -> list[Json]:
        """Read a line as a paragraph, or as `holder`; pictures and cuts in it stand between the parts."""
        return self.flow_of(element.iter(include_text=True), holder)

    def flow_of(self, nodes: Iterable[LexborNode], holder: Json | None = None) -> list[Json]:
        """Read nodes of a line as `flow` does."""
        out: list[Json] = []
        line: list[Json] = []
        for part in self._parts(nodes, []):
            if part["type"] in NODES and NODES[part["type"]].group == "inline":
                line.append(part)
            else:
                out += [_held(line, holder), part]
                line = []
        return [*out, _held(line, holder)]

    def flow_text(self, element: LexborNode) -> list[Json]:
        """Keep only the words of an element, as one paragraph."""
        words = " ".join(element.text(separator=" ").split())
        self.problem("text that stood too deep was kept without its form")
        return [_held([{"type": "text", "text": words}] if words else [], None)]

    def line(self, element: LexborNode) -> list[Json]:
        """Read an element as text only, as in a caption or footnote."""
        parts: list[Json] = []
        for part in self._parts(element.iter(include_text=True), []):
            parts += [part] if part["type"] == "text" else part.get("content", [])  # a note in a note keeps its words
        return [part for part in parts if part["type"] == "text"]

    def noted(self, reference: LexborNode) -> list[Json]:
        """Read the footnote that a reference points at, from the end of the page."""
        link = reference.css_first("a")
        target = ((link.attributes.get("href") if link else "") or "").removeprefix("#")
        for item in self.root.css("section.endnotes li"):
            if target and item.attributes.get("id") == target:
                words = [part for part in self.line(item) if not _is_backlink(part)]
                return [{"type": "footnote", "content": words}]
        return []

    def _parts(self, nodes: Iterable[LexborNode], marks: list[Json]) -> list[Json]:
        out: list[Json] = []
        for node in nodes:
            out += self._part(node, marks)
        return out

    def _part(self, node: LexborNode, marks: list[Json]) -> list[Json]:
        tag = str(node.tag)
        builder: Any = self
        if tag == "-text":
            return self._text(node, marks)
        if tag == "-comment":
            return list(builder.blocks_of(node))
        if tag == "br":
            return [{"type": "hardBreak"}]
        if tag == "img":
            return list(builder.figure(node, href=_address(marks)) or [])
        if tag in ("script", "style", "template"):
            self.problem(f"a <{tag}> was left out")
            return []
        if self.inline_depth >= DEEPEST_INLINE:
            self.problem("formatting that stood too deep was left out; its words were kept")
            words = node.text(separator="")
            return [{"type": "text", "text": words} | ({"marks": marks} if marks else {})] if words else []
        self.inline_depth += 1
        parts = self._note(node, tag) or self._parts(node.iter(include_text=True), marks + self._marks(node, tag))
        self.inline_depth -= 1
        return parts

    def _note(self, node: LexborNode, tag: str) -> list[Json] | None:
        builder: Any = self
        return NODES["footnote"].parse(node, builder) if tag in ("sup", "span") else None

    def _text(self, node: LexborNode, marks: list[Json]) -> list[Json]:
        text = node.text_content or ""
        return [{"type": "text", "text": text} | ({"marks": marks} if marks else {})] if text else []

    def _marks(self, node: LexborNode, tag: str) -> list[Json]:
        builder: Builder = self  # type: ignore[assignment]
        read = (kind.parse(node, builder) for kind in MARKS.values() if tag in kind.tags)
        return [mark for mark in read if mark]


def _held(line: list[Json], holder: Json | None) -> Json:
    return (holder or {"type": "paragraph"}) | {"content": line}


def _address(marks: list[Json]) -> str:
    return next((str(mark["attrs"]["href"]) for mark in marks if mark["type"] == "link"), "")


def _is_backlink(part: Json) -> bool:
    return any(mark.get("attrs", {}).get("href", "").startswith("#note-ref-") for mark in part.get("marks", []))
