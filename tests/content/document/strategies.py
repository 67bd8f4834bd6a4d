"""Hypothesis strategies for whole documents."""

from typing import Any

from hypothesis import strategies as st

from masthead.content.document import Document
from masthead.content.document.card import Card
from masthead.content.document.checks import TONES
from masthead.content.document.schema import NODES

Json = dict[str, Any]
ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.text(st.one_of(st.sampled_from("ab *_[]()<>`~^|\\#-+=!.:&1\"'{}$@/"), ALPHABET), min_size=1, max_size=24)
TOKENS = st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-", min_size=16, max_size=24)
SOME_WORDS = st.one_of(st.just(""), WORDS)
SIZES = st.sampled_from(["regular", "wide", "full"])
HREFS = st.sampled_from(["/a/", "https://x.example/a_b*c?d=(e)&f=1", "mailto:a@b.example", "#note", "tel:+351"])
LINE = ("bold", "italic", "strike", "subscript", "superscript", "code", "underline", "highlight")
CARDS = [name for name, kind in NODES.items() if isinstance(kind, Card)]


@st.composite
def marks(draw: st.DrawFn) -> list[Json]:
    """Some marks."""
    chosen: list[Json] = [{"type": name} for name in draw(st.lists(st.sampled_from(LINE), max_size=2, unique=True))]
    if draw(st.integers(0, 4)) == 0:
        chosen.append({"type": "link", "attrs": {"href": draw(HREFS)}})
    return chosen


def texts() -> st.SearchStrategy[Json]:
    """A text node."""
    return st.builds(lambda text, marks: {"type": "text", "text": text, "marks": marks}, WORDS, marks())


def lines() -> st.SearchStrategy[list[Json]]:
    """Inline content: texts, breaks and footnotes."""
    note = st.builds(
        lambda content: {"type": "footnote", "content": content}, st.lists(texts(), min_size=1, max_size=2)
    )
    return st.lists(st.one_of(texts(), texts(), texts(), st.just({"type": "hardBreak"}), note), max_size=5)


def figures() -> st.SearchStrategy[Json]:
    """A picture with its words."""
    return st.builds(
        lambda attrs, content: {"type": "figure", "attrs": attrs, "content": content},
        st.fixed_dictionaries(
            {"media": TOKENS, "alt": SOME_WORDS, "credit": SOME_WORDS},
            optional={"size": SIZES, "href": HREFS},
        ),
        st.lists(texts(), max_size=2),
    )


def leaves() -> st.SearchStrategy[Json]:
    """Blocks that hold no blocks."""
    return st.one_of(
        st.builds(lambda c: {"type": "paragraph", "content": c}, lines()),
        st.builds(lambda c: {"type": "pullQuote", "content": c}, lines()),
        st.builds(lambda c, n: {"type": "heading", "attrs": {"level": n}, "content": c}, lines(), st.integers(2, 4)),
        st.builds(
            lambda text, language: {
                "type": "codeBlock",
                "attrs": {"language": language},
                "content": [{"type": "text", "text": text}],
            },
            st.text(st.one_of(st.sampled_from("a`~ \n<&>\t"), ALPHABET), min_size=1, max_size=40),
            st.sampled_from(["", "python", "c++"]),
        ),
        figures(),
        card("gallery", st.lists(figures(), max_size=4)),
        *(card(name) for name in CARDS if not NODES[name].holds),
        card("callout", lines()),
        card("video", st.lists(texts(), max_size=2)),
        st.just({"type": "horizontalRule"}),
        st.just({"type": "cut"}),
        st.builds(lambda text: {"type": "htmlCard", "attrs": {"html": f"<details><p>{text}</p></details>"}}, WORDS),
    )


# A value for every attribute of a card; those that are not named are words.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "url": st.sampled_from(["https://x.example/a?b=1&c=(d)", "http://www.paper.example/"]),
    "href": st.one_of(st.just(""), HREFS),
    "media": st.one_of(st.just(""), TOKENS),
    "file": st.one_of(st.just(""), TOKENS),
    "kind": st.sampled_from(["rich", "video", "photo", "link"]),
    "align": st.sampled_from(["left", "center"]),
    "layout": st.sampled_from(["minimal", "immersive"]),
    "tone": st.sampled_from(TONES),
    "size": SIZES,
    "labels": st.lists(WORDS, max_size=3),
    "rating": st.integers(0, 5),
    "loops": st.booleans(),
    "has_dividers": st.booleans(),
}


def card(name: str, content: st.SearchStrategy[list[Json]] | None = None) -> st.SearchStrategy[Json]:
    """A card of this name that holds `content`."""
    known = {
        attr: st.integers(0, 99_999) if type(has.default) is int and attr != "rating" else VALUES.get(attr, SOME_WORDS)
        for attr, has in NODES[name].attrs.items()
    }
    made = st.builds(lambda attrs: {"type": name, "attrs": attrs}, st.fixed_dictionaries({}, optional=known))
    return made if content is None else st.builds(lambda made, content: made | {"content": content}, made, content)


def _uncut(node: Json) -> Json:
    if node["type"] == "cut":
        return {"type": "horizontalRule"}
    return node | {"content": [_uncut(child) for child in node["content"]]} if "content" in node else node


def _nested(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    item = st.builds(lambda c: {"type": "listItem", "content": c}, st.lists(inner, min_size=1, max_size=3))
    cell = st.builds(
        lambda c, kind, span: {"type": kind, "attrs": {"colspan": span}, "content": c},
        st.lists(inner, min_size=1, max_size=2),
        st.sampled_from(["tableCell", "tableHeader"]),
        st.sampled_from([1, 1, 1, 2]),
    )
    row = st.builds(lambda c: {"type": "tableRow", "content": c}, st.lists(cell, min_size=1, max_size=3))
    return st.one_of(
        st.builds(lambda c: {"type": "blockquote", "content": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"type": "bulletList", "content": c}, st.lists(item, min_size=1, max_size=3)),
        st.builds(
            lambda c, n: {"type": "orderedList", "attrs": {"start": n}, "content": c},
            st.lists(item, min_size=1, max_size=3),
            st.integers(0, 99),
        ),
        st.builds(lambda c: {"type": "table", "content": c}, st.lists(row, min_size=1, max_size=3)),
        *(card(name, st.lists(inner.map(_uncut), max_size=3)) for name in ("toggle", "callToAction", "product")),
    )


def card_documents() -> st.SearchStrategy[Document]:
    """A document of cards only."""
    inside = st.lists(leaves().map(_uncut), max_size=2)
    holding = [card(name, inside) for name in ("toggle", "callToAction", "product")]
    return st.lists(st.one_of(leaves().filter(lambda node: node["type"] in CARDS), *holding), max_size=3).map(
        Document.of
    )


def parts(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Parts for some readers."""
    words = st.sampled_from(["free", "paid"])
    return st.builds(
        lambda c, web, mail: {"type": "audience", "attrs": {"web": web, "mail": mail}, "content": c},
        st.lists(inner, min_size=1, max_size=3),
        st.lists(st.one_of(words, st.just("anyone")), max_size=2, unique=True),
        st.lists(words, max_size=2, unique=True),
    )


def documents() -> st.SearchStrategy[Document]:
    """A valid document in canonical form."""
    blocks = st.recursive(leaves(), _nested, max_leaves=6)
    return st.lists(st.one_of(blocks, blocks, parts(blocks)), max_size=5).map(Document.of)
