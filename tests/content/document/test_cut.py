"""The cut, wherever it stands (checks 3 and 4)."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document import (
    Document,
    first_paragraphs,
    from_markdown,
    has_cut,
    join,
    split_at_cut,
    to_html,
    to_markdown,
    to_text,
)

CASES = {
    "start": "<!--more-->\n\nAFTER",
    "end": "BEFORE\n\n<!--more-->",
    "twice": "BEFORE\n\n<!--more-->\n\nAFTER\n\n<!--more-->\n\nAFTER too",
    "in a list": "1. BEFORE\n\n   <!--more-->\n\n   AFTER\n2. AFTER too",
    "in a quote": "> BEFORE\n>\n> <!--more-->\n>\n> AFTER",
    "in a quote in a list": "- > BEFORE\n  >\n  > <!--more-->\n  >\n  > AFTER\n- AFTER",
    "in a table": "<table><tr><td>BEFORE</td></tr><tr><td>x<hr class=cut>AFTER</td></tr></table>",
    "in a paragraph": "BEFORE <!--more--> AFTER",
    "after a surrogate pair": "BEFORE 🚢\n\n<!--more-->\n\nAFTER",
    "after a combining mark": "BEFORE e\u0301\n\n<!--more-->\n\nAFTER",
    "after right-to-left": "BEFORE שלום עולם\n\n<!--more-->\n\nAFTER",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_the_opening_ends_before_the_cut(text: str) -> None:
    document = from_markdown(text).document
    assert has_cut(document)
    split = split_at_cut(document)
    assert split.body is not None
    opening = to_html(split.opening)
    assert "AFTER" not in opening + split.opening.dump()
    assert "BEFORE" not in split.body.dump()
    assert ("BEFORE" in opening) is ("BEFORE" in text)
    assert ("AFTER" in to_html(split.body)) is ("AFTER" in text)
    assert not has_cut(split.opening) and not has_cut(split.body)
    assert to_text(join(split.opening, split.body)).count("AFTER") == text.count("AFTER")
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{opening}").body
    assert body is not None and (body.html or "").removeprefix("<body>").removesuffix("</body>") == opening


def test_a_numbered_list_goes_on_counting_below_the_cut() -> None:
    split = split_at_cut(from_markdown("4. a\n5. b\n\n   <!--more-->\n\n   c\n6. d").document)
    assert split.body is not None
    assert split.body.json["content"][0]["attrs"]["start"] == 5


@pytest.mark.parametrize(
    "text",
    ["Write `<!--more-->` on a line.", "```\n<!--more-->\n```", "\\<!--more-->", "&lt;!--more--&gt;", "<div class='html-card'><p title='<!--more-->'>x</p></div>"],
)  # fmt: skip
def test_a_marker_that_was_typed_is_no_cut(text: str) -> None:
    document = from_markdown(text).document
    assert not has_cut(document)
    assert not has_cut(from_markdown(to_markdown(document)).document)


def test_a_footnote_goes_where_its_reference_goes() -> None:
    split = split_at_cut(from_markdown("A[^1]\n\n<!--more-->\n\nB[^2]\n\n[^1]: first\n[^2]: second").document)
    assert split.body is not None
    assert "first" in to_html(split.opening) and "second" not in to_html(split.opening)
    assert "second" in to_html(split.body) and "first" not in to_html(split.body)


@pytest.mark.parametrize(("number", "shown"), [(0, []), (1, ["a"]), (2, ["a", "b"]), (9, ["a", "b", "c"])])
def test_the_first_paragraphs_are_counted(number: int, shown: list[str]) -> None:
    split = first_paragraphs(from_markdown("a\n\n## h\n\nb\n\nc").document, number)
    assert [line for line in to_text(split.opening).split() if line != "h"] == shown
    assert isinstance(split.body, Document)
