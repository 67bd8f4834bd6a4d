"""Every text, block and card of Ghost's Lexical becomes what docs/reference/ghost-cards.md says."""

import json
import re
from typing import Any

import pytest

from masthead.content.lexical import inline
from masthead.content.lexical.blocks import BLOCKS
from masthead.content.lexical.cards import CARDS as KNOWN
from tests.content.lexical import sample
from tests.content.lexical.our_cards import CARDS
from tests.content.lexical.ours import EXPECTED, held, linked, plain
from tests.content.lexical.sample_texts import TEXTS
from tests.content.lexical.site import blocks, only, read, read_nodes
from tests.shape.sources import ROOT

Json = dict[str, Any]


LINES = [
    "a heading h1 became one of level 2",
    "a heading h5 became one of level 4",
    "a heading h6 became one of level 4",
    "a list to tick off became a list with ☐ and ☑ before its items",
    "a link was never finished and was left out: “half a na”",
    "the caption of a block of code became a paragraph below it",
    "the layout “split” of a card became full",
    '“{first_name, "there"}” is not filled in here; it stands as it is',
    "a “transistor” card, the podcasts of the member who looks at it, was left out",
]


def test_texts_and_blocks_become_ours() -> None:
    assert blocks(*TEXTS) == EXPECTED


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
    letter, call = (block["attrs"] | {"holds": block["content"][0]["type"]} for block in blocks(*sample.CARDS[-3:-1]))
    assert letter == {"web": [], "mail": ["free", "paid"], "number": 0, "holds": "paragraph"}
    assert call == {"web": [], "mail": ["free"], "number": 0, "holds": "callToAction"}


def test_a_markdown_card_becomes_blocks_of_the_text() -> None:
    title, line = blocks({"type": "markdown", "markdown": "# [Title](__GHOST_URL__/x/)\n\nA note^[here]."})
    assert title["content"] == [linked("Title", "/x/")]
    assert line["content"][1] == held("footnote", plain("here"))


def test_a_sample_exists_for_every_kind_that_is_read_and_every_kind_has_its_row_in_the_reference() -> None:
    kinds = set(BLOCKS) | set(KNOWN) | inline.TEXTS | inline.LINKS | inline.SEARCHES
    assert kinds <= set(re.findall(r'"type": "([\w-]+)"', json.dumps(sample.WHOLE)))
    page = (ROOT / "docs" / "reference" / "ghost-cards.md").read_text(encoding="utf-8")
    assert kinds - {"root"} == set(re.findall(r"^\| `([\w-]+)`", page, re.MULTILINE))


def test_a_field_that_nobody_knows_is_named() -> None:
    parsed = read_nodes({"type": "button", **sample.BUTTON, "sparkle": "yes", "empty": ""})
    assert parsed.problems == ["a “button” card had fields that were left out: sparkle"]
