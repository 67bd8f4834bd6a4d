"""Reading HTML: elements become nodes; what no node takes is kept as text, or as an HTML card, and reported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.document.builder_inline import InlineReader
from masthead.content.document.document import Document
from masthead.content.document.node import Json, Node, walk_nodes
from masthead.content.document.picture_parsing import FigureReader
from masthead.content.document.problems import DocumentError
from masthead.content.document.schema import NODES

Images = Callable[[str], str | None]  # a picture's address in the source -> the token of our upload
CUT_COMMENTS = frozenset({"more", "members-only", "cut"})
SILENT = frozenset({"script", "style", "template", "head", "title", "meta", "link", "noscript"})
TRANSPARENT = frozenset({"div", "section", "article", "main", "header", "footer", "center", "picture", "span", "body"})
DEEPEST = 16  # lists, quotes and tables below one another; what lies deeper is kept as text


@dataclass(frozen=True)
class Parsed:
    """A document read from elsewhere, and a line for each thing that could not be kept as it was."""

    document: Document
    problems: list[str]


class Builder(InlineReader, FigureReader):
    """Reads one HTML text. Node definitions call it back for what stands inside their elements."""

    def __init__(self, root: LexborNode, images: Images | None) -> None:
        super().__init__()
        self.root = root
        self.images = images
        self.depth = 0

    def blocks(self, element: LexborNode) -> list[Json]:
        """Read everything in an element as blocks; loose text becomes paragraphs."""
        return self.blocks_among(element.iter(include_text=True))

    def blocks_among(self, nodes: Iterable[LexborNode]) -> list[Json]:
        """Read nodes that stand beside one another as `blocks` does."""
        self.depth += 1
        out: list[Json] = []
        loose: list[LexborNode] = []
        for child in nodes:
            read = None if self.is_inline(child) else self._block(child)
            if read is None:
                loose.append(child)
                continue
            out += self._loose(loose) + read
            loose = []
        self.depth -= 1
        return out + self._loose(loose)

    def _loose(self, nodes: list[LexborNode]) -> list[Json]:
        return self.flow_of(nodes) if nodes else []

    def _block(self, element: LexborNode) -> list[Json] | None:
        """Read one block element; None if it is no block at all."""
        tag = str(element.tag)
        if tag == "-comment":
            return [{"type": "cut"}] if _comment(element) in CUT_COMMENTS else []
        if tag in SILENT:
            self.problem(f"a <{tag}> was left out") if tag in ("script", "style") else None
            return []
        if self.depth > DEEPEST:
            return self._too_deep(element)
        for kind in _kinds(tag):
            if (read := kind.parse(element, self)) is not None:
                return read
        return self._other(element, tag)

    def _too_deep(self, element: LexborNode) -> list[Json]:
        """Keep the words of what stands too deep; those of a part for some readers are closed to all of them."""
        words = self.flow_text(element)
        is_part = "audience" in (element.attributes.get("class") or "").split()
        return [{"type": "audience", "content": words}] if is_part or element.css_first(".audience") else words

    def _other(self, element: LexborNode, tag: str) -> list[Json]:
        if tag == "section" and "endnotes" in (element.attributes.get("class") or ""):
            return []  # its notes were read where they are referred to
        if tag in TRANSPARENT or self.holds_blocks(element):
            return self.blocks(element)
        html = element.html or ""
        self.problem(f"a <{tag}> was kept as an HTML card")
        return [{"type": "htmlCard", "attrs": {"html": html}}]

    def items(self, element: LexborNode) -> list[Json]:
        """Read the items of a list; what is no item becomes one."""
        return [{"type": "listItem", "content": content} for content in self._each(element)]

    def _each(self, element: LexborNode) -> list[list[Json]]:
        out: list[list[Json]] = []
        for child in element.iter():
            if str(child.tag) in ("ul", "ol") and out:
                out[-1] += self.blocks_of(child)
            elif str(child.tag) != "-comment":
                out.append(self.blocks(child) if child.tag == "li" else self.blocks_of(child))
        return out

    def blocks_of(self, element: LexborNode) -> list[Json]:
        """Read one element as blocks, whether it is one or only inline."""
        read = None if self.is_inline(element) else self._block(element)
        return self.flow_of([element]) if read is None else read

    def rows(self, element: LexborNode) -> list[Json]:
        """Read the rows of a table that belong to it and not to a table inside it."""
        rows: list[Json] = []
        for child in element.iter():
            if child.tag in ("thead", "tbody", "tfoot"):
                rows += self.rows(child)
            elif child.tag == "tr":
                rows.append(
                    {"type": "tableRow", "content": [self._cell(cell) for cell in child.iter() if _is_cell(cell)]}
                )
            elif child.tag == "caption" and (words := " ".join(child.text().split())):
                self.problem(f"a table's caption was left out: {words[:80]}")
        return [row for row in rows if row["content"]]

    def _cell(self, element: LexborNode) -> Json:
        kind = "tableHeader" if element.tag == "th" else "tableCell"
        spans = {name: _span(element.attributes.get(name)) for name in ("colspan", "rowspan")}
        return {"type": kind, "attrs": spans, "content": self.blocks(element)}

    def inner_html(self, element: LexborNode) -> str:
        """Return the HTML inside an element."""
        return "".join(child.html or "" for child in element.iter(include_text=True))


def _kinds(tag: str) -> list[Node]:
    found = (kind for kind in NODES.values() if kind.group == "block" and tag in kind.tags)
    return sorted(found, key=lambda kind: not kind.css)


def _is_cell(element: LexborNode) -> bool:
    return element.tag in ("td", "th")


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 100) if value and value.isdecimal() and len(value) < 5 else 1


def _comment(element: LexborNode) -> str:
    html = element.html or ""
    return html.removeprefix("<!--").removesuffix("-->").strip().lower().replace(" ", "-")


def _as_closed(plain: list[Json], blocks: list[Json]) -> list[Json]:
    """Close words that lost their form for whom any of them was closed: to everybody, or below a cut."""
    kinds = {node["type"] for block in blocks for _, node in walk_nodes(block)}
    if "audience" in kinds:
        return [{"type": "audience", "content": plain}]
    return [{"type": "cut"}, *plain] if "cut" in kinds else plain


def from_html(html: str, *, images: Images | None = None) -> Parsed:
    """Read HTML as a document. Never raises for any text; what could not be kept as it was is named in `problems`.

    `images` gives the token of the uploaded picture for an address in the source; None keeps its words and a link.
    """
    # Without a body of our own a comment at the start would fall out of it.
    whole = "<!DOCTYPE html><body>" + html.replace("\0", "\ufffd")
    body = LexborHTMLParser(whole.encode("utf-8", "replace")).body
    if body is None:
        return Parsed(Document.empty(), [])
    builder = Builder(body, images)
    blocks = builder.blocks(body)
    try:
        return Parsed(Document.of(blocks), builder.problems)
    except DocumentError as error:
        lost = [f"this text was kept without its form: {problem}" for problem in error.problems[:5]]
        words = " ".join(body.text(separator=" ").split())
        plain = [{"type": "paragraph", "content": [{"type": "text", "text": words}]}] if words else []
        plain = _as_closed(plain, blocks)
        return Parsed(Document.of(plain), builder.problems + lost)
