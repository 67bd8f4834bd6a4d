"""Every text, block and card of Ghost's Lexical becomes what docs/reference/ghost-cards.md says."""

import json
import re
from typing import Any

import pytest

from masthead.content.lexical.blocks import BLOCKS
from masthead.content.lexical.cards import CARDS as KNOWN
from masthead.content.lexical.inline import LINKS, SEARCHES, TEXTS
from tests.content.lexical import sample
from tests.content.lexical.site import CREW, FILM, HARBOUR, PAPER, POSTER, SONG, blocks, only, read, read_nodes
from tests.shape.sources import ROOT

Json = dict[str, Any]


def plain(words: str, *marks: str) -> Json:
    """A text of ours."""
    return {"type": "text", "text": words} | ({"marks": [{"type": name} for name in marks]} if marks else {})


def held(kind: str, *content: Json) -> Json:
    """A node of ours."""
    return {"type": kind, "content": list(content)}


def linked(words: str, href: str, *marks: str) -> Json:
    """A text of ours that leads elsewhere."""
    others = [{"type": name} for name in marks]
    return {"type": "text", "text": words, "marks": [{"type": "link", "attrs": {"href": href}}, *others]}


def heading(level: int, words: str) -> Json:
    """A heading of ours."""
    return {"type": "heading", "attrs": {"level": level}, "content": [plain(words)]}


def item(words: str, *more: Json) -> Json:
    """An item of a list of ours."""
    return held("listItem", held("paragraph", plain(words)), *more)


BREAK: Json = {"type": "hardBreak"}
EXPECTED: list[Json] = [
    held(
        "paragraph",
        plain("bold", "bold"),
        plain(" italic", "italic"),
        plain(" struck", "strike"),
        plain(" underlined", "underline"),
        plain(" code", "code"),
        plain(" sub", "subscript"),
        plain(" super", "superscript"),
        plain(" marked", "highlight"),
        plain(" bold and italic", "bold", "italic"),
        BREAK,
        plain("a"),
        linked("the quay", "/quay/", "bold"),
        linked("elsewhere", "https://other.example/x?a=1#top"),
        linked("https://plain.example", "https://plain.example"),
        plain("TK"),
    ),
    *(heading(level, f"Level {tag}") for tag, level in enumerate((2, 2, 3, 4, 4, 4), 1)),
    heading(3, "An old heading"),
    held("blockquote", held("paragraph", plain("A quote"), BREAK, plain("of two lines"))),
    held("blockquote", held("paragraph", plain("A newer quote"))),
    held("pullQuote", plain("Set large beside it")),
    held(
        "bulletList",
        item(
            "one",
            held("orderedList", item("one and a half")) | {"attrs": {"start": 4}},
        ),
        item("two"),
    ),
    held("bulletList", item("☑ done"), item("☐ to do")),
    held("paragraph", plain("Searched")),
]
LINES = [
    "a heading h1 became one of level 2",
    "a heading h5 became one of level 4",
    "a heading h6 became one of level 4",
    "a list to tick off became a list with ☐ and ☑ before its items",
    "a link was never finished and was left out: “half a na”",
    "the caption of a block of code became a paragraph below it",
    "the layout “split” of a card became full",
    "“{first_name, \"there\"}” is not filled in here; it stands as it is",
    "a “transistor” card, the podcasts of the member who looks at it, was left out",
]
AT_DAWN: Json = {
    "type": "figure",
    "attrs": {"media": HARBOUR, "alt": "Boats", "credit": "", "size": "regular", "href": "/boats/"},
    "content": [plain("At dawn")],
}
CREW_ALONE: Json = {
    "type": "figure",
    "attrs": {"media": CREW, "alt": "", "credit": "", "size": "regular", "href": ""},
    "content": [],
}
BUTTON: Json = {"label": "Go aboard", "href": "/tickets/"}
CARDS: list[tuple[Json, Json]] = [
    (
        sample.IMAGE,
        {
            "type": "figure",
            "attrs": {"media": HARBOUR, "alt": "Boats", "credit": "", "size": "wide", "href": "/boats/"},
            "content": [plain("The "), plain("harbour", "bold"), plain(" at "), linked("dawn", "/dawn/")],
        },
    ),
    (
        sample.GALLERY,
        {"type": "gallery", "attrs": {"caption": "Two pictures"}, "content": [AT_DAWN, CREW_ALONE]},
    ),
    (
        sample.VIDEO,
        {
            "type": "video",
            "attrs": {
                "file": FILM,
                "name": "film.mp4",
                "width": 1280,
                "height": 720,
                "duration": 12,
                "media": POSTER,
                "size": "full",
                "loops": True,
            },
            "content": [plain("The "), plain("film", "italic")],
        },
    ),
    (
        sample.AUDIO,
        {"type": "audio", "attrs": {"file": SONG, "title": "A song", "duration": 62, "media": CREW}},
    ),
    (
        sample.FILE,
        {
            "type": "file",
            "attrs": {
                "file": PAPER,
                "title": "The whole paper",
                "caption": "As printed",
                "name": "paper.pdf",
                "size": 12345,
            },
        },
    ),
    (
        sample.EMBED,
        {
            "type": "embed",
            "attrs": {
                "url": "https://video.example/watch?v=1",
                "title": "The film",
                "author": "The filmer",
                "provider": "Video",
                "kind": "video",
                "media": POSTER,
                "caption": "Seen from the quay",
            },
        },
    ),
    (
        sample.BOOKMARK,
        {
            "type": "bookmark",
            "attrs": {
                "url": "https://else.example/story",
                "title": "A story",
                "description": "What it says",
                "author": "Ana",
                "publisher": "Else",
                "media": CREW,
                "caption": "Read it",
            },
        },
    ),
    (
        sample.CALLOUT,
        {
            "type": "callout",
            "attrs": {"tone": "yellow", "emoji": "⚓"},
            "content": [plain("Mind the "), plain("gap", "bold")],
        },
    ),
    (
        sample.TOGGLE,
        {
            "type": "toggle",
            "attrs": {"heading": "What is inside?"},
            "content": [held("paragraph", plain("One thing")), held("bulletList", item("and another"))],
        },
    ),
    (
        {"type": "button", "alignment": "left", **sample.BUTTON},
        {"type": "button", "attrs": {"align": "left", **BUTTON}},
    ),
    (
        sample.CALL,
        {
            "type": "audience",
            "attrs": {"web": ["paid"], "mail": ["paid"], "number": 0},
            "content": [
                {
                    "type": "callToAction",
                    "attrs": {
                        "layout": "immersive",
                        "align": "center",
                        **BUTTON,
                        "media": CREW,
                        "sponsor": "SPONSORED",
                        "tone": "green",
                        "has_dividers": False,
                    },
                    "content": [held("paragraph", plain("Come "), plain("aboard", "bold"))],
                }
            ],
        },
    ),
    (
        sample.HEADER_1,
        {
            "type": "headerCard",
            "attrs": {
                "title": "The first header",
                "text": "And its line",
                **BUTTON,
                "media": HARBOUR,
                "size": "full",
                "align": "center",
            },
        },
    ),
    (
        sample.HEADER_2,
        {
            "type": "headerCard",
            "attrs": {
                "title": "The second header",
                "text": "With a line",
                "label": "",
                "href": "",
                "media": "",
                "size": "full",
                "align": "left",
            },
        },
    ),
    (
        sample.SIGN_UP,
        {
            "type": "signUp",
            "attrs": {
                "header": "Join the crew",
                "text": "Every Monday",
                "disclaimer": "No spam",
                "success": "Look at your mail",
                "label": "Join",
                "labels": ["From the harbour", "Crew"],
                "align": "center",
                "size": "wide",
            },
        },
    ),
    (
        sample.PRODUCT,
        {
            "type": "product",
            "attrs": {
                "title": "A rope",
                "media": HARBOUR,
                "rating": 4,
                "label": "Buy it",
                "href": "https://shop.example/rope",
            },
            "content": [held("paragraph", plain("Ten "), plain("metres", "italic"))],
        },
    ),
]


def test_texts_and_blocks_become_ours() -> None:
    assert blocks(*sample.TEXTS) == EXPECTED


@pytest.mark.parametrize(("card", "expected"), CARDS, ids=lambda value: value["type"])
def test_a_card_becomes_our_node_with_every_field(card: Json, expected: Json) -> None:
    assert only(card) == expected


def test_the_whole_sample_is_read_and_every_change_has_its_line() -> None:
    parsed = read(json.dumps(sample.WHOLE))
    assert parsed.problems == LINES
    kinds = [block["type"] for block in parsed.document.json["content"]]
    cards = """figure gallery video audio file embed bookmark htmlCard heading paragraph codeBlock paragraph
    horizontalRule callout toggle button cut audience headerCard headerCard signUp product audience audience paragraph"""
    assert kinds == [block["type"] for block in EXPECTED] + cards.split()
    assert read(sample.WHOLE) == parsed


def test_what_goes_by_mail_alone_is_for_mail_alone() -> None:
    letter, call = (
        block["attrs"] | {"holds": block["content"][0]["type"]} for block in blocks(*sample.CARDS[-3:-1])
    )
    assert letter == {"web": [], "mail": ["free", "paid"], "number": 0, "holds": "paragraph"}
    assert call == {"web": [], "mail": ["free"], "number": 0, "holds": "callToAction"}


def test_a_markdown_card_becomes_blocks_of_the_text() -> None:
    title, line = blocks({"type": "markdown", "markdown": "# [Title](__GHOST_URL__/x/)\n\nA note^[here]."})
    assert title["content"] == [linked("Title", "/x/")]
    assert line["content"][1] == held("footnote", plain("here"))


def test_a_sample_exists_for_every_kind_that_is_read_and_every_kind_has_its_row_in_the_reference() -> None:
    kinds = set(BLOCKS) | set(KNOWN) | TEXTS | LINKS | SEARCHES
    assert kinds <= set(re.findall(r'"type": "([\w-]+)"', json.dumps(sample.WHOLE)))
    page = (ROOT / "docs" / "reference" / "ghost-cards.md").read_text(encoding="utf-8")
    assert kinds - {"root"} == set(re.findall(r"^\| `([\w-]+)`", page, re.MULTILINE))


def test_a_field_that_nobody_knows_is_named() -> None:
    parsed = read_nodes({"type": "button", **sample.BUTTON, "sparkle": "yes", "empty": ""})
    assert parsed.problems == ["a “button” card had fields that were left out: sparkle"]
