"""The HTML that Ghost made of a post becomes what its source would have become."""

import json
from typing import Any

from masthead.content.document import Parsed, to_text
from masthead.content.lexical import from_ghost_html
from tests.content.lexical.html_sample import HTML
from tests.content.lexical.site import CREW, FILES, FILM, HARBOUR, HOME, PAPER, PICTURES, POSTER, SONG

Json = dict[str, Any]
KINDS = """paragraph heading pullQuote figure gallery bookmark callout toggle button embed video audio file product
codeBlock paragraph htmlCard heading paragraph horizontalRule cut paragraph audience headerCard headerCard signUp
audience paragraph"""


def read(html: str) -> Parsed:
    """Read the HTML of a post of this paper."""
    return from_ghost_html(html, images=PICTURES.get, files=FILES.get, home=HOME)


def found(parsed: Parsed, kind: str) -> Json:
    """Return the first block of a kind."""
    return next(block for block in parsed.document.json["content"] if block["type"] == kind)


def test_the_whole_sample_is_read_card_by_card() -> None:
    parsed = read(HTML)
    assert [block["type"] for block in parsed.document.json["content"]] == KINDS.split()
    assert parsed.problems == [
        "the caption of a block of code became a paragraph below it",
        "a <script> in an HTML card was left out: https://x.example/a.js",
        "the layout “split” of a card became full",
    ]


def test_cards_keep_every_field_that_their_html_has() -> None:
    parsed = read(HTML)
    assert found(parsed, "figure")["attrs"] == {
        "media": HARBOUR,
        "alt": "Boats",
        "credit": "",
        "size": "wide",
        "href": "/boats/",
    }
    assert [figure["attrs"]["media"] for figure in found(parsed, "gallery")["content"]] == [HARBOUR, CREW]
    assert found(parsed, "bookmark")["attrs"] == {
        "url": "https://else.example/story",
        "title": "A story",
        "description": "What it says",
        "author": "Ana",
        "publisher": "Else",
        "media": CREW,
        "caption": "",
    }
    assert found(parsed, "callout")["attrs"] == {"tone": "yellow", "emoji": "⚓"}
    assert found(parsed, "toggle")["attrs"] == {"heading": "What is inside?"}
    assert found(parsed, "button")["attrs"] == {"label": "Go aboard", "href": "/tickets/", "align": "left"}
    video = found(parsed, "video")["attrs"]
    assert (video["file"], video["media"], video["duration"], video["loops"]) == (FILM, POSTER, 72, True)
    assert found(parsed, "audio")["attrs"] == {"file": SONG, "title": "A song", "duration": 62, "media": CREW}
    paper = {"file": PAPER, "title": "The whole paper", "caption": "As printed", "name": "paper.pdf", "size": 12288}
    assert found(parsed, "file")["attrs"] == paper
    assert found(parsed, "product")["attrs"]["rating"] == 2
    assert found(parsed, "signUp")["attrs"]["labels"] == ["Crew"]
    call = found(parsed, "audience")
    assert call["attrs"]["web"] == ["paid"] and call["content"][0]["attrs"]["sponsor"] == "SPONSORED"


def test_the_comment_for_members_is_the_cut_and_nothing_after_it_comes_before_it() -> None:
    parsed = read("<p>above</p><div><!--members-only--><p>below</p></div><!--members-only--><p>more</p>")
    assert [block["type"] for block in parsed.document.json["content"]] == [
        "paragraph",
        "cut",
        "paragraph",
        "paragraph",
    ]
    assert parsed.problems == ["a second cut was left out; the first one counts"]
    assert read("<p>a</p><!--more--><p>b</p>").document == read("<p>a</p><p>b</p>").document


def test_gated_blocks_are_for_those_whom_they_name() -> None:
    gate = '<!--kg-gated-block:begin nonMember:{} memberSegment:"{}" -->{}<!--kg-gated-block:end-->'
    for anyone, segment, web in (
        ("true", "", ["anyone"]),
        ("false", "status:free,status:-free", ["free", "paid"]),
        ("false", "status:-free", ["paid"]),
        ("false", "", []),
    ):
        html = "<p>before</p>" + gate.format(anyone, segment, "<p>gated</p><p>words</p>") + "<p>after</p>"
        first, block, last = read(html).document.json["content"]
        assert block["attrs"]["web"] == web and len(block["content"]) == 2
        assert "gated" not in json.dumps([first, last])
    (open_end,) = read('<!--kg-gated-block:begin nonMember:false memberSegment:"" --><p>x</p>').document.json["content"]
    assert open_end["attrs"]["web"] == []


def test_plain_html_and_odd_cards_are_read_as_any_html() -> None:
    assert to_text(read("<p>One</p>two <b>three</b><ul><li>four</li></ul>").document) == "One\n\ntwo three\n\n- four"
    odd = read('<div class="kg-card kg-poll-card"><p>Which one?</p></div>')
    assert to_text(odd.document) == "Which one?"
    assert read("").document.is_empty
    wrapped = read(
        '<div class="post"><section><p>a</p><div class="kg-card kg-button-card"><a href="/x/">b</a></div></section></div>'
    )
    assert [block["type"] for block in wrapped.document.json["content"]] == ["paragraph", "button"]


def test_comments_that_are_never_closed_are_no_danger_and_close_nothing() -> None:
    for sign in ("<!--kg-card-begin: html-->", "<!--kg-gated-block:begin ", "<!--kg-card-end: html-->"):
        parsed = read(f"<p>a</p>{sign * 20_000}")
        assert to_text(parsed.document).startswith("a")
    card = "<!--kg-card-begin: html--><p>card</p><!--members-only--><!--kg-card-end: html--><p>after</p>"
    assert [block["type"] for block in read(card).document.json["content"]] == ["cut", "htmlCard", "paragraph"]
