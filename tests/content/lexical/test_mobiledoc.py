"""Mobiledoc becomes what the same post as Lexical becomes, and what only Mobiledoc has is read too."""

import json
from typing import Any

from masthead.content.document import Parsed, to_text
from masthead.content.lexical import from_mobiledoc
from tests.content.lexical import sample
from tests.content.lexical.mobiledoc_sample import CARDS, MOBILEDOC
from tests.content.lexical.ours import BREAK, heading, held, item, linked, plain
from tests.content.lexical.site import CREW, FILES, HOME, PICTURES, blocks

Json = dict[str, Any]
TEXTS: list[Json] = [
    held(
        "paragraph",
        plain("plain "),
        plain("bold ", "bold"),
        plain("both ", "bold", "italic"),
        plain("bold", "bold"),
        plain("."),
    ),
    held(
        "paragraph",
        linked("a ", "/quay/"),
        linked("link", "/quay/", "bold"),
        BREAK,
        plain("code", "code"),
        plain("@ana"),
    ),
    held(
        "paragraph",
        plain("s", "strike"),
        plain("u", "underline"),
        plain("b", "subscript"),
        plain("p", "superscript"),
        plain("m", "highlight"),
        plain("x"),
    ),
    heading(2, "First"),
    heading(3, "Third"),
    held("blockquote", held("paragraph", plain("Quoted"))),
    held("pullQuote", plain("Aside")),
    held("pullQuote", plain("Pulled")),
]


def read(source: Any) -> Parsed:
    """Read a Mobiledoc of this paper."""
    return from_mobiledoc(source, images=PICTURES.get, files=FILES.get, home=HOME)


def sections(*found: Any, **tables: Any) -> Parsed:
    """Read a Mobiledoc of these sections."""
    return read({"version": "0.3.2", "markups": [], "atoms": [], "cards": [], "sections": list(found)} | tables)


def test_the_whole_sample_is_read_and_cards_are_the_same_as_in_lexical() -> None:
    parsed = read(json.dumps(MOBILEDOC))
    found = parsed.document.json["content"]
    assert found[:8] == TEXTS
    assert found[8]["attrs"]["media"] == CREW
    assert found[9] == held("bulletList", item("one"), held("listItem", held("paragraph", plain("two", "bold"))))
    assert found[10] == held("orderedList", item("first")) | {"attrs": {"start": 1}}
    assert found[11:-1] == blocks(*sample.CARDS)
    assert found[-1] == held("paragraph", plain("An "), plain("old", "italic"), plain(" card"))
    assert parsed.problems[:3] == [
        "there is no “mention” here; its text was kept: “@ana”",
        "the formatting “blink” was left out; its words were kept",
        "a heading h1 became one of level 2",
    ]
    assert len(CARDS) == 24


def test_markups_stay_open_until_they_are_closed() -> None:
    parsed = sections(
        [1, "p", [[0, [0, 1], 1, "both"], [0, [], 0, "first"], [0, [], 5, "last"], [0, [], 0, "none"]]],
        markups=[["b"], ["i"]],
    )
    (line,) = parsed.document.json["content"]
    assert line["content"] == [plain("both", "bold", "italic"), plain("firstlast", "bold"), plain("none")]


def test_what_is_odd_keeps_its_words_and_is_named() -> None:
    parsed = sections([1, "h7", [[0, [], 0, "a"]]], [1, "div", [[0, [], 0, "b"]]], [99, "x"], [10, 7], [3, "ul", "x"])
    assert to_text(parsed.document) == "a\n\nb"
    assert parsed.problems == [
        "a section <div> became a paragraph",
        "a section that is not known was left out: 99",
        "a card that the list of cards does not have was left out",
        "a heading h7 became one of level 2",
    ]


def test_an_unknown_card_is_kept_as_it_is_in_lexical() -> None:
    parsed = sections([10, 0], cards=[["poll", {"question": "Which one?"}]])
    assert parsed.document.json["content"][0]["attrs"]["html"] == "<p>Which one?</p>"
    assert parsed.problems == ["there is no “poll” card here; its words were kept as HTML (question)"]
