"""Reading the HTML that Ghost made of a post: its cards by their classes, its comments for the cut and for readers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.document import Images, Parsed
from masthead.content.document.node import Json
from masthead.content.lexical.addresses import grounded
from masthead.content.lexical.cards import read_card
from masthead.content.lexical.elements import classes
from masthead.content.lexical.fragments import blocks_of
from masthead.content.lexical.html_cards import card_in
from masthead.content.lexical.notebook import Files, Notebook
from masthead.content.lexical.reading import LONGEST, finished, refusal
from masthead.content.lexical.visibility import MAIL, WEB, Audience, segment

MARKS = re.compile(
    r"<!--\s*(?:(?P<cut>members-only)|(?P<card>kg-card-begin:\s*html)"
    r"|kg-gated-block:begin(?P<gate>[^>]{0,200}?)|(?P<end>kg-gated-block:end))\s*-->"
)
CARD_END = re.compile(r"<!--\s*kg-card-end:\s*html\s*-->")
NON_MEMBER = re.compile(r"nonMember\s*:\s*(true|false)")
SEGMENT = re.compile(r"memberSegment\s*:\s*\"([^\"]*)\"")
WRAPPERS = frozenset({"div", "section", "article", "main", "figure"})
DEEPEST = 16  # elements around a card


@dataclass
class Piece:
    """A stretch of the HTML and who sees it: plain HTML, the HTML of a card, or the cut."""

    kind: str
    html: str
    audience: Audience


def from_ghost_html(html: str, *, images: Images, files: Files, home: str = "") -> Parsed:
    """Read the HTML of a post; it promises and refuses what `from_lexical` does."""
    if len(html) > LONGEST:
        raise refusal(f"it is longer than {LONGEST} characters; split it into two posts")
    note = Notebook(images, files, home)
    blocks = [block for piece in _pieces(html, note) for block in _read(piece, note)]
    return finished(blocks, note)


def _pieces(html: str, note: Notebook) -> Iterator[Piece]:
    """Take the HTML apart at Ghost's comments; one inside an HTML card is part of that card."""
    audience, place, last_card = Audience(), 0, len(html)
    for found in MARKS.finditer(html):
        if found.start() < place or (found["card"] and found.start() > last_card):
            continue
        yield Piece("text", html[place : found.start()], audience)
        place = found.end()
        if found["cut"]:
            yield Piece("cut", "", audience)
        elif found["gate"] is not None:
            audience = _gate(found["gate"], note)
        elif found["end"]:
            audience = Audience()
        elif end := CARD_END.search(html, place):
            yield Piece("card", html[place : end.start()], audience)
            place = end.end()
        else:
            last_card = found.start()  # nothing ends a card from here on
    yield Piece("text", html[place:], audience)


def _gate(said: str, note: Notebook) -> Audience:
    """Read who a gated block is for; mail gets it too, for the HTML of the web does not say otherwise."""
    anyone, members = NON_MEMBER.search(said), SEGMENT.search(said)
    web = ("anyone",) if anyone and anyone[1] == "true" else ()
    seen = segment(members[1] if members else "", note)
    return Audience(web + seen, seen)


def _read(piece: Piece, note: Notebook) -> list[Json]:
    if piece.kind == "cut":
        return [{"type": "cut"}]
    if piece.kind == "card":
        return piece.audience.around(read_card({"type": "html", "html": piece.html}, note))
    body = LexborHTMLParser("<!DOCTYPE html><body>" + grounded(piece.html, note.home)).body
    return piece.audience.around(_blocks(body, note, 0)) if body else []


def _blocks(element: LexborNode, note: Notebook, depth: int) -> list[Json]:
    """Read what is in an element: cards as cards, and what stands between them as HTML."""
    out: list[Json] = []
    between: list[str] = []
    for child in element.iter(include_text=True):
        read = _block(child, note, depth)
        if read is None:
            between.append(child.html or "")
            continue
        out += blocks_of("".join(between), note) + read
        between = []
    return out + blocks_of("".join(between), note)


def _block(element: LexborNode, note: Notebook, depth: int) -> list[Json] | None:
    """Read an element that is a card, is for a segment, or has one in it; None for any other."""
    tag = str(element.tag)
    if tag.startswith("-"):
        return None
    if named := element.attributes.get("data-gh-segment"):
        del element.attrs["data-gh-segment"]
        read = _block(element, note, depth + 1)
        inside = blocks_of(element.html or "", note) if read is None else read
        return Audience((), segment(named, note)).around(inside)
    if "audience" in classes(element):
        return _ours(element).around(_blocks(element, note, depth + 1))
    card = card_in(element)
    if card is not None:
        return read_card(card, note)
    if "kg-blockquote-alt" in classes(element):
        return _pulled(element, note)
    is_wrapper = tag in WRAPPERS and depth < DEEPEST
    if is_wrapper and element.css_first(".kg-card, [data-gh-segment], iframe, .kg-blockquote-alt"):
        return _blocks(element, note, depth + 1)
    return None


def _ours(element: LexborNode) -> Audience:
    """Read the mark that our own documents have around a part for some readers."""
    said = {name: (element.attributes.get(f"data-{name}") or "").split() for name in ("web", "mail")}
    return Audience(*(tuple(w for w in words if w in said[name]) for name, words in (("web", WEB), ("mail", MAIL))))


def _pulled(element: LexborNode, note: Notebook) -> list[Json]:
    inner = "".join(child.html or "" for child in element.iter(include_text=True))
    read = blocks_of(inner, note)
    return [block | {"type": "pullQuote"} if block["type"] == "paragraph" else block for block in read]
