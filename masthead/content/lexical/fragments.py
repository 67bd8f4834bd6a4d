"""HTML and Markdown in the fields of cards: as blocks, as a line, as plain words."""

import re

from masthead.content.document import Parsed, from_html, from_markdown
from masthead.content.document.node import Json, walk_nodes
from masthead.content.document.rendering import plain
from masthead.content.document.schema import NODES
from masthead.content.lexical.addresses import grounded
from masthead.content.lexical.notebook import Notebook

HREF = re.compile(r"""(\bhref\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
BREAK: Json = {"type": "hardBreak"}


def blocks_of(html: str, note: Notebook) -> list[Json]:
    """Read HTML as blocks."""
    return _taken(from_html(grounded(html, note.home), images=note.picture), note) if html.strip() else []


def blocks_of_markdown(text: str, note: Notebook) -> list[Json]:
    """Read Markdown as blocks."""
    return _taken(from_markdown(grounded(text, note.home), images=note.picture), note)


def _taken(parsed: Parsed, note: Notebook) -> list[Json]:
    """Take over what was noted, and lead links of the old site to ours."""
    for problem in parsed.problems:
        note.problem(problem)
    tree = parsed.document.json
    for _, node in walk_nodes(tree):
        _lead(node, note)
    return list(tree["content"])


def _lead(node: Json, note: Notebook) -> None:
    attrs = node.get("attrs", {})
    if attrs.get("href"):
        attrs["href"] = note.address(attrs["href"])
    if attrs.get("html"):
        attrs["html"] = led_html(attrs["html"], note)
    if "marks" in node:
        node["marks"] = [mark for mark in node["marks"] if _led(mark, note)]


def _led(mark: Json, note: Notebook) -> bool:
    """Lead a link to its place here, and say whether the mark stays."""
    if mark["type"] == "link":
        mark["attrs"]["href"] = note.address(mark["attrs"]["href"])
        return bool(mark["attrs"]["href"])
    return True


def led_html(html: str, note: Notebook) -> str:
    """Lead the links in a piece of HTML to their places here."""
    from html import unescape

    from masthead.content.document.escaping import escape

    def led(found: re.Match[str]) -> str:
        return f'{found[1]}"{escape(note.address(unescape(found[2] or found[3] or "")))}"'

    return HREF.sub(led, grounded(html, note.home))


def line_of(html: str, note: Notebook, what: str) -> list[Json]:
    """Read HTML as one line with its marks; paragraphs become lines of it."""
    blocks = _uncut(blocks_of(html, note), note)
    if any(block["type"] != "paragraph" for block in blocks):
        note.problem(f"{what} kept its words, not its headings, lists and pictures")
    out: list[Json] = []
    for line in (line for block in blocks for line in _lines(block)):
        out += [BREAK, *line] if out else line
    return out


def texts_of(html: str, note: Notebook, what: str) -> list[Json]:
    """Read HTML as text alone, as in a caption."""
    line = line_of(html, note, what)
    return [{"type": "text", "text": " "} if part["type"] == "hardBreak" else part for part in line]


def plain_of(html: str, note: Notebook, what: str) -> str:
    """Read HTML as plain words, and note what formatting they lose."""
    if not re.search(r"[<&]|__GHOST", html):
        return " ".join(html.split())
    line = line_of(html, note, what)
    marks = [mark for part in line for mark in part.get("marks", [])]
    words = " ".join(words_of(line).split())
    links = "".join(f", with a link to {mark['attrs']['href']}" for mark in marks if mark["type"] == "link")
    if marks:
        note.problem(f"the formatting of {what} was left out: “{words[:160]}”{links}")
    return words


def words_of(line: list[Json]) -> str:
    """Return the plain words of a line."""
    return "".join(plain(part) for part in line)


def _lines(block: Json) -> list[list[Json]]:
    holds = NODES[block["type"]].holds
    if "inline" in holds or "text" in holds:
        return [block["content"]] if block["content"] else []
    if any("content" in child for child in block.get("content", [])):
        return [line for child in block["content"] for line in _lines(child)]
    words = " ".join(plain(block).split())
    return [[{"type": "text", "text": words}]] if words else []


def _uncut(blocks: list[Json], note: Notebook) -> list[Json]:
    """Take a cut out of a text that can hold none; the card that has it is put below the cut whole."""
    note.cut_seen |= any(node["type"] == "cut" for block in blocks for _, node in walk_nodes(block))
    return [block for block in blocks if block["type"] != "cut"]
