"""What is unknown, missing or in an odd place is kept as far as it can be, and named."""

from typing import Any

import pytest

from masthead.content.document import to_text
from tests.content.lexical.site import HARBOUR, blocks, element, only, paragraph, read_nodes, text

Json = dict[str, Any]


def said(*nodes: Json) -> list[str]:
    """Return the lines about these nodes."""
    return read_nodes(*nodes).problems


def shown(*nodes: Json) -> str:
    """Return the plain text of these nodes."""
    return to_text(read_nodes(*nodes).document)


def test_an_unknown_card_keeps_its_words_and_is_named_with_its_fields() -> None:
    card = {
        "type": "poll",
        "version": 3,
        "question": "Which quay?",
        "options": [{"label": "The <b>old</b> one", "id": "a1"}, {"label": "The new one"}],
        "colour": "#ff0000",
        "more": "__GHOST_URL__/quays/",
    }
    assert only(card)["attrs"]["html"] == (
        '<p>Which quay?</p>The <b>old</b> one<p>The new one</p><p><a href="/quays/" rel="noopener">/quays/</a></p>'
    )
    (line,) = said(card)
    assert line == "there is no “poll” card here; its words were kept as HTML (question, options, colour, more)"
    assert said({"type": "spacer", "size": 3}) == [
        "there is no “spacer” card here; it had no words to keep and was left out (size)"
    ]


def test_an_unknown_node_keeps_what_stands_in_it() -> None:
    column = element("columns", element("column", paragraph("left")), element("column", paragraph("right")))
    assert shown(column) == "left\n\nright"
    assert said(column) == [
        "there is no “columns” here; what stood in it was kept",
        "there is no “column” here; what stood in it was kept",
    ]
    line = element("paragraph", text("a "), element("spoiler", text("b", 1)), {"type": "hashtag", "text": " #c"})
    assert shown(line) == "a b #c" and len(said(line)) == 2


def test_a_card_inside_a_line_stands_between_its_two_parts() -> None:
    parts = blocks(element("paragraph", text("before"), {"type": "paywall"}, text("after")))
    assert [part["type"] for part in parts] == ["paragraph", "cut", "paragraph"]


def test_loose_texts_become_a_paragraph_and_what_is_no_node_is_named() -> None:
    parsed = read_nodes(text("loose "), text("words", 1), {"type": "horizontalrule"})
    assert [block["type"] for block in parsed.document.json["content"]] == ["paragraph", "horizontalRule"]
    assert said("stray", 7, None, paragraph("x")) == [  # type: ignore[arg-type]
        "something that is no node was left out: “stray”",
        "something that is no node was left out: “7”",
    ]


def test_lists_nest_in_every_way_that_ghost_wrote_them() -> None:
    inner = element("list", element("listitem", text("inner")), listType="bullet")
    behind = element("list", element("listitem", text("a")), element("listitem", inner))
    within = element("list", element("listitem", text("a"), inner))
    loose = element("list", element("listitem", text("a")), inner)
    assert only(behind) == only(within) == only(loose)
    first = element("list", element("listitem", inner), element("listitem", text("a")))
    assert shown(first) == "- - inner\n- a"
    assert only(element("listitem", text("alone")))["type"] == "bulletList"
    old = element("list", element("listitem", text("a")), tag="ol", start=3)
    assert only(old)["attrs"] == {"start": 3}


def test_a_second_paywall_is_left_out_and_named() -> None:
    cut = {"type": "paywall"}
    parsed = read_nodes(paragraph("a"), cut, paragraph("b"), cut, paragraph("c"))
    assert [block["type"] for block in parsed.document.json["content"]] == [
        "paragraph",
        "cut",
        "paragraph",
        "paragraph",
    ]
    assert parsed.problems == ["a second cut was left out; the first one counts"]


@pytest.mark.parametrize(
    "card",
    [
        {"type": "toggle", "heading": "h", "content": "<p>above</p><!--members-only--><p>below</p>"},
        {"type": "callout", "calloutText": "above <!--members-only--> below"},
        {"type": "html", "html": "<p>above</p><!--members-only--><p>below</p>"},
        {"type": "image", "src": "/content/images/2024/harbour.jpg", "caption": "above <!--members-only--> below"},
        {"type": "poll", "question": "<p>above</p><!--members-only--><p>below</p>"},
        {"type": "bookmark", "url": "https://x.example", "metadata": {"title": "<!--members-only--> below"}},
    ],
    ids=lambda card: card["type"],
)
def test_a_paywall_inside_a_card_closes_the_whole_card(card: Json) -> None:
    first, *rest = blocks(card)
    assert first == {"type": "cut"} and rest
    assert [line for line in said(card) if "a cut inside" in line]


def test_a_paywall_in_markdown_is_the_cut_and_what_other_systems_write_is_none() -> None:
    markdown = {"type": "markdown", "markdown": "above\n\n<!--members-only-->\n\nbelow"}
    assert [block["type"] for block in blocks(markdown)] == ["paragraph", "cut", "paragraph"]
    for sign in ("<!--more-->", "<!-- cut -->", '<hr class="cut">'):
        for card in ({"type": "markdown", "markdown": f"a\n\n{sign}\n\nb"}, {"type": "email", "html": f"a{sign}b"}):
            assert "cut" not in [block["type"] for block in blocks(card)]
    both = {"type": "markdown", "markdown": "a\n\n<!--more-->\n\nb\n\n<!--members-only-->\n\nc"}
    assert [block["type"] for block in blocks(both)] == ["paragraph", "paragraph", "cut", "paragraph"]


def test_code_that_speaks_of_the_paywall_is_no_paywall() -> None:
    assert [block["type"] for block in blocks({"type": "codeblock", "code": "<!--members-only-->"})] == ["codeBlock"]


def test_a_picture_that_is_not_here_leaves_its_words_and_a_link() -> None:
    missing = {"type": "image", "src": "https://gone.example/a.jpg", "alt": "Boats", "caption": "At <i>dawn</i>"}
    assert shown(missing) == "Boats At dawn"
    assert said(missing) == ["the picture “https://gone.example/a.jpg” was not found; its words were kept"]
    here = {"src": "/content/images/2024/harbour.jpg"}
    gallery = {"type": "gallery", "images": [here, missing], "caption": "Two"}
    first, second = blocks(gallery)
    assert [figure["attrs"]["media"] for figure in first["content"]] == [HARBOUR] and second["type"] == "paragraph"
    assert shown({"type": "gallery", "images": [missing], "caption": "Two"}) == "Boats At dawn\n\nTwo"
    assert said({"type": "image", "src": "", "alt": "A"}) == ["an image card without a picture was left out: A"]
    assert said({"type": "image", "src": here["src"], "title": "T"}) == ["the title of a picture was left out: “T”"]


def test_a_file_that_is_not_here_keeps_what_is_said_of_it() -> None:
    card = {"type": "file", "src": "/content/files/gone.pdf", "fileTitle": "Gone", "fileName": "gone.pdf"}
    assert only(card)["attrs"] == {"file": "", "title": "Gone", "caption": "", "name": "gone.pdf", "size": 0}
    assert said(card) == ["the file “/content/files/gone.pdf” was not found; what is said of it was kept"]


def test_embeds_are_found_by_their_frames_and_keep_their_words() -> None:
    frame = '<iframe src="//video.example/embed/1" title="A film"></iframe>'
    attrs = only({"type": "embed", "html": frame})["attrs"]
    assert (attrs["url"], attrs["title"], attrs["provider"]) == (
        "https://video.example/embed/1",
        "A film",
        "video.example",
    )
    post = {"type": "embed", "url": "https://x.example/1", "embedType": "twitter", "html": "<p>What they wrote</p>"}
    assert only(post)["attrs"]["title"] == "What they wrote" and only(post)["attrs"]["kind"] == "rich"
    both = post | {"metadata": {"title": "A title"}}
    assert said(both) == ["the text of an embed was left out: “What they wrote”"]
    lost = {"type": "embed", "url": "javascript:x", "html": "<p>Words</p>", "caption": "C"}
    assert shown(lost) == "Words\n\nC" and len(said(lost)) == 2


def test_a_bookmark_of_the_site_itself_is_whole_and_one_to_nowhere_is_a_paragraph() -> None:
    card = {"type": "bookmark", "url": "__GHOST_URL__/x/", "metadata": {"title": "X", "description": "Y"}}
    assert only(card)["attrs"]["url"] == "https://paper.example/x/"
    assert shown(card | {"url": "javascript:x"}) == "X – Y"


def test_an_html_card_says_what_it_lost_and_frames_and_pictures_stand_below_it() -> None:
    card = {
        "type": "html",
        "html": '<p class="x" style="y">Words</p><script src="https://x.example/a.js"></script><form><input></form>'
        '<iframe src="https://video.example/1"></iframe><img src="/content/images/2024/harbour.jpg" alt="Boats">'
        '<object data="x"></object>',
    }
    assert [block["type"] for block in blocks(card)] == ["htmlCard", "embed", "figure"]
    assert said(card) == [
        "a <script> in an HTML card was left out: https://x.example/a.js",
        "a <form> in an HTML card was left out",
        "a <input> in an HTML card was left out",
        "a frame in an HTML card became an embed below it: https://video.example/1",
        "a picture in an HTML card now stands below it: /content/images/2024/harbour.jpg",
        "a <object> in an HTML card was left out",
    ]
    assert [
        block["type"] for block in blocks({"type": "html", "html": '<iframe src="https://v.example/1"></iframe>'})
    ] == ["embed"]


def test_formatting_that_plain_words_cannot_hold_is_named() -> None:
    card = {"type": "toggle", "heading": 'Why <b>so</b> <a href="/x/">late</a>?', "content": "<p>x</p>"}
    assert only(card)["attrs"]["heading"] == "Why so late?"
    assert said(card) == ["the formatting of the heading of a toggle was left out: “Why so late?”, with a link to /x/"]
    lines = {"type": "callout", "calloutText": "<p>one</p><p>two <em>three</em></p>"}
    assert [part["type"] for part in only(lines)["content"]] == ["text", "hardBreak", "text", "text"]


def test_buttons_that_are_off_or_lead_nowhere_are_named() -> None:
    base = {"type": "product", "productTitle": "Rope", "productButton": "Buy", "productUrl": "https://x.example/"}
    assert said(base | {"productButtonEnabled": False}) == [
        "a button that was switched off was left out: “Buy”, https://x.example/"
    ]
    assert said({"type": "button", "buttonText": "Go", "buttonUrl": ""}) == [
        "a button without an address was left out: “Go”"
    ]
    assert shown({"type": "button", "buttonText": "Go", "buttonUrl": "javascript:x"}) == "Go"


def test_markdown_that_only_ghost_formats_is_named() -> None:
    card = {"type": "markdown", "markdown": "A ==marked== word, H~2~O and m^2^; 1 == 2, ~~gone~~ and a note^[x]."}
    assert said(card) == [
        f"“{found}” in a Markdown card stands as it is; it is no formatting here"
        for found in ("==marked==", "H~2~", "m^2^")
    ]


def test_background_tones_that_are_not_known_become_the_usual_one() -> None:
    assert only({"type": "callout", "calloutText": "x", "backgroundColor": "none"})["attrs"]["tone"] == "white"
    assert only({"type": "callout", "calloutText": "x", "backgroundColor": "#123"})["attrs"]["tone"] == "blue"
    assert said({"type": "callout", "calloutText": "x", "backgroundColor": "#123"}) == [
        "the background “#123” of a card became blue"
    ]


def test_a_format_bit_that_is_not_known_is_named() -> None:
    assert said(element("paragraph", text("x", 256))) == ["a format of a text was left out that is not known here: “x”"]


def test_what_stands_too_deep_keeps_its_words_its_cards_and_its_cut() -> None:
    paid = {"web": {"nonMember": False, "memberSegment": "status:-free"}, "email": {"memberSegment": ""}}
    card = {"type": "html", "html": "<p>for some</p>", "visibility": paid}
    node = element("quote", paragraph("innermost"), card, {"type": "paywall"}, paragraph("sealed"))
    for number in range(35):
        node = element("quote", paragraph(f"q{number}"), element("list", element("listitem", text("i"), node)))
    parsed = read_nodes(paragraph("before"), node, paragraph("after"))
    found = parsed.document.json["content"]
    assert [block["type"] for block in found] == ["paragraph", "cut", "audience", "paragraph"]
    assert all(word in str(found[2]) for word in ("q0", "q34", "innermost", "for some", "sealed"))
    assert found[2]["attrs"]["web"] == ["paid"]
    assert "text that stood too deep was kept without its form" in parsed.problems


def test_a_block_that_no_document_may_hold_keeps_its_words_and_its_cut() -> None:
    deep = "<blockquote>" * 14 + "<p>sealed</p>" + "</blockquote>" * 14
    node = element("quote", paragraph("innermost"), {"type": "paywall"}, {"type": "toggle", "content": deep})
    for _ in range(20):
        node = element("quote", node)
    for _ in range(14):
        node = element("list", element("listitem", node))
    parsed = read_nodes(node)
    first, block = parsed.document.json["content"]
    assert first == {"type": "cut"} and block["type"] == "paragraph"
    assert "innermost" in str(block) and "sealed" in str(block)
    assert [line for line in parsed.problems if line.startswith("this was kept without its form")]
