"""Malformed and excessive documents: refused with the place, or kept as words, and never a crash."""

from collections.abc import Callable
from typing import Any

import pytest

from masthead.content.document import Document, DocumentError, Parsed, from_html, from_markdown, to_html, to_text
from masthead.content.document.node import Json
from masthead.content.document.rendering import Page
from masthead.content.document.schema import NODES
from tests.cast import Cast, client_of
from tests.hostile.looking import words_of
from tests.hostile.writing import write_post

JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    float("inf"),
    10**400,
    "",
    "doc",
    "\0",
    "\ud800",
    [],
    [[]],
    {},
    {"type": "doc"},
    b"doc",
    object(),
    {1: 2},
    ("doc",),
    {"a"},
]


def nested(depth: int, outer: str = "blockquote", leaf: Json | None = None) -> Json:
    """A node with so many others around it."""
    node = leaf or {"type": "paragraph", "content": [{"type": "text", "text": "deep"}]}
    for _ in range(depth):
        node = {"type": outer, "content": [node]}
    return node


@pytest.mark.parametrize("key", ["", "type", "attrs", "content", "schema", "version", "__class__"])
@pytest.mark.parametrize("value", JUNK, ids=lambda value: type(value).__name__)
def test_a_value_of_a_wrong_type_anywhere_is_refused_or_taken_but_never_a_crash(key: str, value: Any) -> None:
    document: Any = {"type": "doc", "attrs": {"schema": 1}, "content": []}
    tree = value if not key else document | ({"attrs": {"schema": value}} if key == "schema" else {key: value})
    try:
        assert Document.load(tree).is_empty
    except DocumentError as error:
        assert error.problems and all(problem.message for problem in error.problems)  # noqa: PT017  (some values are good)


@pytest.mark.parametrize("kind", sorted(NODES))
@pytest.mark.parametrize("key", ["type", "attrs", "content", "text", "marks"])
def test_a_wrong_type_inside_any_node_is_refused_or_taken_but_never_a_crash(kind: str, key: str) -> None:
    for value in JUNK:
        for around in ("doc", "paragraph", "bulletList", "listItem", "table", "tableRow"):
            inner: Json = {"type": kind, key: value}
            try:
                Document.of([inner] if around == "doc" else [{"type": around, "content": [inner]}])
            except DocumentError as error:
                assert str(error)  # noqa: PT017


@pytest.mark.parametrize("depth", [61, 100, 900, 5000])
@pytest.mark.parametrize("outer", ["blockquote", "bulletList", "table", "wall"])
def test_deep_nesting_is_refused_in_words(depth: int, outer: str) -> None:
    with pytest.raises(DocumentError) as raised:
        Document.of([nested(depth, outer)])
    assert str(raised.value) and len(str(raised.value)) < 9000


def test_a_document_that_holds_itself_is_refused() -> None:
    node: Json = {"type": "blockquote"}
    node["content"] = [node]
    with pytest.raises(DocumentError, match="deep"):
        Document.of([node])
    wide: Json = {"type": "blockquote"}
    wide["content"] = [wide] * 50
    with pytest.raises(DocumentError):
        Document.of([wide])


def test_too_many_nodes_are_refused_with_advice() -> None:
    with pytest.raises(DocumentError, match="at most 50000 nodes; split it into two posts"):
        Document.of([{"type": "horizontalRule"}] * 60_000)
    shared = [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}] * 300
    with pytest.raises(DocumentError, match="at most 50000 nodes"):
        Document.of([{"type": "blockquote", "content": shared}] * 300)


def document_or_none(read: Callable[[str], Parsed], text: str) -> Document | None:
    """Read a text; None where that fails, whose own account of thousands of frames would take minutes to print."""
    try:
        return read(text).document
    except (RecursionError, DocumentError):
        return None


@pytest.mark.parametrize("depth", [60, 400, 3000])
@pytest.mark.parametrize(
    "tag",
    [
        "b",
        "i",
        "span",
        "a href=/x/",
        "sup",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "div",
        "details",
        "figure",
        "font",
        "x-y",
    ],
)
def test_html_nested_without_end_is_kept_as_words(tag: str, depth: int) -> None:
    """from_html promises to take any text."""
    for read in (from_html, from_markdown):
        document = document_or_none(read, f"<{tag}>" * depth + "the words")
        assert document is not None, read.__name__
        assert "the words" in to_text(document)
        assert "the words" in to_html(document)
        assert Document.load(document.json) == document


@pytest.mark.parametrize(
    "sign",
    [
        "> ",
        "- ",
        "1. ",
        "*",
        "_",
        "[",
        "![",
        "`",
        "<b>",
        "<i><b>",
        "<span class=note>",
        "^[",
        "(",
        "|",
        "#",
        "\t",
        "\\",
        "&",
        "<!--",
    ],
)
def test_signs_repeated_without_end_are_read_at_the_desk(sign: str, cast: Cast) -> None:
    answer, post = write_post(client_of(cast.editor), text="Before\n\n" + sign * 1500 + " the words", slug="signs")
    assert answer.status_code in (302, 422)
    assert post is None or "Before" in words_of(client_of(None).get("/signs/").content.decode(), ".text")


@pytest.mark.parametrize(
    "text", ["word " * 210_000, "word\n\n" * 26_000, "*word* " * 26_000], ids=["long", "many", "marked"]
)
def test_a_text_beyond_every_limit_is_kept_as_words_or_refused_in_words(text: str, cast: Cast) -> None:
    answer, post = write_post(client_of(cast.editor), text=text + "THE END", slug="much", act="save")
    if post is None:
        assert answer.status_code == 422 and "THE END" in answer.content.decode()
        return
    assert "THE END" in client_of(cast.editor).get(f"/desk/posts/{post.public_id}/").content.decode()


def test_the_same_heading_a_thousand_times_gets_its_anchors_without_trying_each_before_it() -> None:
    """Otherwise a page takes seconds to write, and anybody may ask for it."""

    class Counting(set[str]):
        asked = 0

        def __contains__(self, value: object) -> bool:
            self.asked += 1
            return super().__contains__(value)

    page = Page(anchors=Counting())
    given = [page.anchor("Same") for _ in range(1000)]
    assert len(set(given)) == 1000 and given[:3] == ["same", "same-2", "same-3"]
    assert isinstance(page.anchors, Counting) and page.anchors.asked < 10_000


def test_a_malformed_document_in_a_table_is_refused_by_name_when_it_is_loaded_again() -> None:
    """What is stored by an earlier or a broken release is not shown half."""
    for stored in (
        {"type": "doc", "attrs": {"schema": 99}, "content": []},
        {"type": "doc", "attrs": {"schema": "1"}, "content": []},
    ):
        with pytest.raises(DocumentError, match="upgrade Masthead first"):
            Document.stored(stored)
