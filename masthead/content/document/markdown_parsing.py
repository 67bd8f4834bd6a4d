"""Reading Markdown: CommonMark with tables, strike-through, footnotes and pull quotes; read on as HTML."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document.node import Json
from masthead.content.document.parsing import Builder, Images, Parsed, from_html

LONGEST = 2_000_000  # characters
MOST_NESTED = 40  # lists and quotes below one another
NESTED = re.compile(rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d{{1,9}}[.)][ \t])){{{MOST_NESTED},}}", re.MULTILINE)
PULL = "[!pull]"
BAR = re.compile(r"(?<!\\)(?:^|\s)\|(?:\s|$)")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MOST_NESTED}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.core.ruler.push("pull_quotes", _pull_quotes)
    parser.core.ruler.push("notes_in_line", _notes_in_line)
    parser.add_render_rule("footnote_ref", _note)
    return parser


def _pull_quotes(state: StateCore) -> None:
    """Turn a quote whose first line is [!pull] into a pull quote; an escaped bracket stays a quote."""
    for place, token in enumerate(state.tokens[:-2]):
        line = state.tokens[place + 2]
        if token.type != "blockquote_open" or line.type != "inline" or not line.content.startswith(PULL):
            continue
        token.tag, token.attrs = "aside", {"class": "pull-quote"}
        closing = next(t for t in state.tokens[place:] if t.type == "blockquote_close" and t.level == token.level)
        closing.tag = "aside"
        _drop_start(line)


def _drop_start(line: Token) -> None:
    children = line.children or []
    while children and children[0].type in ("softbreak", "text"):
        first = children[0]
        if first.type == "softbreak":
            children.pop(0)
            break
        children.pop(0)
        rest = first.content.removeprefix(PULL)
        if rest != first.content and rest.strip():
            first.content = rest.lstrip()
            children.insert(0, first)
            break
    line.children = children


def _notes_in_line(state: StateCore) -> None:
    """Keep the text of each footnote at hand, and drop the block of notes at the end."""
    notes: dict[int, list[Token]] = {}
    kept: list[Token] = []
    current: int | None = None
    for token in state.tokens:
        if token.type == "footnote_open":
            current = token.meta["id"]
            notes.setdefault(current, [])
        elif token.type == "footnote_close":
            current = None
        elif token.type in ("footnote_block_open", "footnote_block_close", "footnote_anchor"):
            continue
        elif current is None:
            kept.append(token)
        elif token.type == "inline":
            notes[current].append(token)
    state.tokens = kept
    state.env["note_lines"] = notes


def _note(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    lines = env.get("note_lines", {}).get(tokens[place].meta["id"], [])
    if env.get("in_note"):
        return ""  # a note inside a note
    env["in_note"] = True
    inner = " ".join(renderer.renderInline(line.children or [], options, env) for line in lines)
    env["in_note"] = False
    return f'<span class="note">{inner}</span>'


PARSER = _parser()


def from_markdown(text: str, *, images: Images | None = None) -> Parsed:
    """Read Markdown as a document. Never raises for any text; what could not be kept as it was is in `problems`.

    `<!--more-->` on a line of its own is the cut. A picture alone in its paragraph becomes a figure; its title is
    `caption | credit`. HTML is read as `from_html` reads it.
    """
    text = text.replace("\r\n", "\n").replace("\0", "\ufffd")
    problems = []
    if len(text) > LONGEST:
        problems.append(f"the text is longer than {LONGEST} characters; what stands after them was left out")
        text = text[:LONGEST]
    if NESTED.search(text):
        problems.append(f"lists and quotes more than {MOST_NESTED} deep were left out; take them apart")
    safe = text.encode("utf-8", "replace").decode("utf-8")
    env: dict[str, Any] = {}
    parsed = from_html(PARSER.render(safe, env), images=images)
    return Parsed(parsed.document, problems + parsed.problems)


def title_parts(title: str) -> tuple[list[Json], str]:
    """Read a picture's title: the caption as a line of Markdown, a bar, the credit as plain text."""
    bars = list(BAR.finditer(title))
    caption, credit = (title[: bars[-1].start()], title[bars[-1].end() :]) if bars else (title, "")
    return _line(caption), "".join(part["text"] for part in _line(credit))


def _line(markdown: str) -> list[Json]:
    if not markdown.strip():
        return []
    body = LexborHTMLParser(f"<p>{PARSER.renderInline(markdown.strip())}</p>").body
    line = body.css_first("p") if body else None
    return Builder(body, None).line(line) if body and line else []
