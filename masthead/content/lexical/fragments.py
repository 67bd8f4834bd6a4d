"""HTML and Markdown in the fields of cards: as blocks, as a line, as plain words."""

import re

from masthead.content.document import Parsed, from_html, from_markdown, without_cut
from masthead.content.document.node import Json, walk_nodes
from masthead.content.document.rendering import plain
from masthead.content.document.schema import NODES
from masthead.content.lexical.addresses import grounded
from masthead.content.lexical.notebook import Notebook

HREF = re.compile(r"""(\bhref\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
MEMBERS_ONLY = re.compile(r"<!--\s*members-only\s*-->")
NO_PAYWALL = re.compile(r"<!--\s*(?:more|cut)\s*-->", re.IGNORECASE)  # means nothing in Ghost
LIKE_MARKS = re.compile(r"(?<![=\w])==\S[^=\n]*==|(?<![\w^])\w+(?:\^[^\s^\[\]]+\^|(?<!~)~[^\s~]+~(?!~))")
BREAK: Json = {"type": "hardBreak"}


def blocks_of(html: str, note: Notebook) -> list[Json]:
    """Read HTML as blocks."""
    return _taken(from_html(_source(html, note), images=note.picture), note, html) if html.strip() else []


def blocks_of_markdown(text: str, note: Notebook) -> list[Json]:
    """Read Markdown as blocks."""
    for found in LIKE_MARKS.findall(text):
        note.problem(f"“{found}” in a Markdown card stands as it is; it is no formatting here")
    return _taken(from_markdown(_source(text, note), images=note.picture), note, text)


def _source(text: str, note: Notebook) -> str:
    """Return a text as our readers take it: with a paywall of Ghost's in it, no other comment is the cut."""
    return grounded(NO_PAYWALL.sub("", text) if MEMBERS_ONLY.search(text) else text, note.home)


def _taken(parsed: Parsed, note: Notebook, source: str) -> list[Json]:
    """Take over what was noted, lead links of the old site to ours, and drop what Ghost does not take for a cut."""
    for problem in parsed.problems:
        note.problem(problem)
    tree = parsed.document.json
    if not MEMBERS_ONLY.search(source):
        tree = without_cut(parsed.document).json
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
    blocks = _uncut(blocks_of(html, note))
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


def _uncut(blocks: list[Json]) -> list[Json]:
    """Take a cut out of a text that can hold none; `read_card` puts the card that has it below the cut whole."""
    return [block for block in blocks if block["type"] != "cut"]
