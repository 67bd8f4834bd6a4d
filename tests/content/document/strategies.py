"""Hypothesis strategies for whole documents."""

from typing import Any

from hypothesis import strategies as st

from masthead.content.document import Document

Json = dict[str, Any]
ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.text(st.one_of(st.sampled_from("ab *_[]()<>`~^|\\#-+=!.:&1\"'{}$@/"), ALPHABET), min_size=1, max_size=24)
TOKENS = st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-", min_size=16, max_size=24)
HREFS = st.sampled_from(["/a/", "https://x.example/a_b*c?d=(e)&f=1", "mailto:a@b.example", "#note", "tel:+351"])
LINE = ("bold", "italic", "strike", "subscript", "superscript", "code")


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
        st.builds(
            lambda media, alt, credit, content: {
                "type": "figure",
                "attrs": {"media": media, "alt": alt, "credit": credit},
                "content": content,
            },
            TOKENS,
            st.one_of(st.just(""), WORDS),
            st.one_of(st.just(""), WORDS),
            st.lists(texts(), max_size=2),
        ),
        st.just({"type": "horizontalRule"}),
        st.just({"type": "cut"}),
        st.builds(lambda text: {"type": "htmlCard", "attrs": {"html": f"<details><p>{text}</p></details>"}}, WORDS),
    )


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
        st.builds(
            lambda c, web, mail: {"type": "audience", "attrs": {"web": web, "mail": mail}, "content": c},
            st.lists(inner, min_size=1, max_size=3),
            st.lists(st.sampled_from(["anyone", "free", "paid"]), max_size=2, unique=True),
            st.lists(st.sampled_from(["free", "paid"]), max_size=2, unique=True),
        ),
        st.builds(lambda c: {"type": "bulletList", "content": c}, st.lists(item, min_size=1, max_size=3)),
        st.builds(
            lambda c, n: {"type": "orderedList", "attrs": {"start": n}, "content": c},
            st.lists(item, min_size=1, max_size=3),
            st.integers(0, 99),
        ),
        st.builds(lambda c: {"type": "table", "content": c}, st.lists(row, min_size=1, max_size=3)),
    )


def documents() -> st.SearchStrategy[Document]:
    """A valid document in canonical form."""
    blocks = st.recursive(leaves(), _nested, max_leaves=6)
    return st.lists(blocks, max_size=5).map(Document.of)
