"""Writing a document as Lexical, for what reads and stores posts as Ghost does."""

from collections.abc import Callable

from masthead.content.document import Document, has_cut, join, split_at_cut
from masthead.content.document.node import Json
from masthead.content.lexical import writing_cards as cards
from masthead.content.lexical.pen import Pen
from masthead.content.lexical.settling import opened
from masthead.content.lexical.text_cards import OURS
from masthead.content.lexical.visibility import Audience
from masthead.content.lexical.writing_lines import bullets, element, line, numbers

ALL = "status:free,status:-free"
SEGMENT = {(): "", ("free",): "status:free", ("paid",): "status:-free", ("free", "paid"): ALL}


def to_lexical(document: Document, *, image: Callable[[str], str], file: Callable[[str], str], home: str = "") -> Json:
    """Write a document so that `from_lexical` reads it back as the same.

    `image` and `file` give the address of an upload by its token. `home` is put before paths of this site:
    https://paper.example, or __GHOST_URL__ for an export. What Ghost has no node for (tables, footnotes, lists with
    blocks in them) stands in a Markdown card. A cut inside a list or quote takes it apart, for Ghost cuts only
    between blocks; what is for some readers only stands in cards that Ghost shows to no others.
    """
    pen = Pen(image, file, home)
    out: list[Json] = []
    intricate: list[Json] = []  # what waits for a Markdown card
    for node in _flat(document).tree["content"]:
        written = block(node, pen)
        if written is None:
            intricate.append(node)
            continue
        out += _markdown(intricate, pen) + written
        intricate = []
    return {"root": element("root", out + _markdown(intricate, pen))}


def _flat(document: Document) -> Document:
    """Return the document with its cut, if it has one, between blocks."""
    if not has_cut(document):
        return document
    split = split_at_cut(document)
    above = join(split.opening, Document.of([{"type": "cut"}]))
    return join(above, split.body or Document.empty())


def _markdown(blocks: list[Json], pen: Pen) -> list[Json]:
    return [cards.card("markdown", markdown=pen.markdown(blocks))] if blocks else []


def block(node: Json, pen: Pen) -> list[Json] | None:
    """Write one block; None for one that goes into a Markdown card."""
    audience, inside = opened(node)
    if not audience.is_everybody:
        return _for_some(audience, inside, pen)
    if node["type"] == "audience":
        return [one for child in inside for one in block(child, pen) or _markdown([child], pen)]
    written = WRITERS[node["type"]](node, pen) if node["type"] in WRITERS else None
    return [written] if written else None


def _for_some(audience: Audience, inside: list[Json], pen: Pen) -> list[Json]:
    """Write blocks into a card that Ghost shows to these readers only."""
    only = inside[0]["type"] if len(inside) == 1 else ""
    if only == "htmlCard" or only == "callToAction":
        return [one | {"visibility": _visibility(audience)} for one in block(inside[0], pen) or []]
    html = pen.blocks_html(inside)
    if audience == Audience(()):
        return [cards.card("email", html=html)]
    return [cards.card("html", html=OURS + html, visibility=_visibility(audience))]


def _visibility(audience: Audience) -> Json:
    members = tuple(name for name in audience.web if name != "anyone")
    web = {"nonMember": "anyone" in audience.web, "memberSegment": SEGMENT[members]}
    return {"web": web, "email": {"memberSegment": SEGMENT[audience.mail]}}


def _paragraph(node: Json, pen: Pen) -> Json | None:
    children = line(node["content"], pen)
    return None if children is None else element("paragraph", children)


def _heading(node: Json, pen: Pen) -> Json | None:
    children = line(node["content"], pen)
    return None if children is None else element("extended-heading", children, tag=f"h{node['attrs']['level']}")


def _quote(node: Json, pen: Pen) -> Json | None:
    """Write a quote of one paragraph; Ghost's quotes hold a line only."""
    kinds = [child["type"] for child in node["content"]]
    children = line(node["content"][0]["content"], pen) if kinds == ["paragraph"] else None
    return None if children is None else element("extended-quote", children)


def _aside(node: Json, pen: Pen) -> Json | None:
    children = line(node["content"], pen)
    return None if children is None else element("aside", children)


def _cut(node: Json, pen: Pen) -> Json:
    return cards.card("paywall")


def _rule(node: Json, pen: Pen) -> Json:
    return cards.card("horizontalrule")


WRITERS: dict[str, Callable[[Json, Pen], Json | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _quote,
    "pullQuote": _aside,
    "bulletList": bullets,
    "orderedList": numbers,
    "cut": _cut,
    "horizontalRule": _rule,
    "htmlCard": cards.html,
    "codeBlock": cards.code,
    "figure": cards.figure,
    "gallery": cards.gallery,
    "embed": cards.embed,
    "bookmark": cards.bookmark,
    "button": cards.button,
    "callout": cards.callout,
    "toggle": cards.toggle,
    "file": cards.file,
    "audio": cards.audio,
    "video": cards.video,
    "product": cards.product,
    "headerCard": cards.header,
    "signUp": cards.sign_up,
    "callToAction": cards.call_to_action,
}
