"""What is written is what Ghost reads, and nothing that it would show to the wrong readers."""

import json
from typing import Any

import pytest

from masthead.content.document import Document, from_markdown
from masthead.content.lexical import to_lexical
from tests.content.lexical.site import ADDRESS, CREW, HARBOUR

Json = dict[str, Any]
WEB, MAIL = ["anyone", "free", "paid"], ["free", "paid"]


def nodes(document: Document, home: str = "") -> list[Json]:
    """Return the Lexical nodes of a document."""
    written = to_lexical(document, image=ADDRESS.__getitem__, file=ADDRESS.__getitem__, home=home)
    json.dumps(written)
    return list(written["root"]["children"])


def from_text(markdown: str) -> Document:
    """Return the document of a Markdown text."""
    return from_markdown(markdown).document


def kinds(written: list[Json]) -> list[str]:
    """Name the types of nodes."""
    return [node["type"] for node in written]


def test_a_root_and_its_texts_have_every_field_that_lexical_asks_for() -> None:
    written = to_lexical(from_text("**a** [b](/c/)"), image=str, file=str)
    root = written["root"]
    assert {name: root[name] for name in root if name != "children"} == {
        "type": "root",
        "direction": None,
        "format": "",
        "indent": 0,
        "version": 1,
    }
    (line,) = root["children"]
    bold, _, link = line["children"]
    assert bold == {
        "type": "extended-text",
        "version": 1,
        "text": "a",
        "format": 1,
        "detail": 0,
        "mode": "normal",
        "style": "",
    }
    assert (link["type"], link["url"], link["children"][0]["text"]) == ("link", "/c/", "b")


def test_lists_nest_as_ghost_nests_them() -> None:
    (written,) = nodes(from_text("3. a\n   - b\n     - c\n4. d"))
    assert (written["listType"], written["tag"], written["start"]) == ("number", "ol", 3)
    first, nested, last = written["children"]
    assert kinds(nested["children"]) == ["list"] and first["children"][0]["text"] == "a"
    inner = nested["children"][0]
    assert [item["indent"] for item in inner["children"]] == [1, 1]
    assert inner["children"][1]["children"][0]["children"][0]["indent"] == 2
    assert last["children"][0]["text"] == "d"


def test_what_ghost_has_no_node_for_stands_in_one_markdown_card_a_run() -> None:
    document = from_text("Plain\n\nNoted^[so]\n\n| a |\n| --- |\n| b |\n\nPlain\n\n> one\n>\n> two")
    written = nodes(document)
    assert kinds(written) == ["paragraph", "markdown", "paragraph", "markdown"]
    assert written[1]["markdown"] == "Noted^[so]\n\n| a |\n| --- |\n| b |\n"


def test_pictures_in_a_markdown_card_have_their_address_and_words_like_it_stay() -> None:
    document = from_text(f"- ![Boats](media:{HARBOUR})\n\n  `media:{CREW}`")
    (card,) = nodes(document)
    assert ADDRESS[HARBOUR] in card["markdown"] and f"media:{CREW}" in card["markdown"]
    assert f"media:{HARBOUR}" not in card["markdown"]


def test_paths_of_this_site_get_its_address_before_them() -> None:
    button = {"type": "button", "attrs": {"label": "Go", "href": "/x/"}}
    line = {"type": "text", "text": "y", "marks": [{"type": "link", "attrs": {"href": "/y/"}}]}
    document = Document.of([button, {"type": "paragraph", "content": [line]}, {"type": "callout", "content": [line]}])
    first, second, third = nodes(document, "__GHOST_URL__")
    assert first["buttonUrl"] == "__GHOST_URL__/x/"
    assert second["children"][0]["url"] == "__GHOST_URL__/y/"
    assert third["calloutText"] == '<a href="__GHOST_URL__/y/">y</a>'


def test_a_gallery_has_three_pictures_a_row() -> None:
    pictures = [{"type": "figure", "attrs": {"media": HARBOUR}}] * 5
    (card,) = nodes(Document.of([{"type": "gallery", "content": pictures}]))
    assert [image["row"] for image in card["images"]] == [0, 0, 0, 1, 1]
    assert card["images"][0]["fileName"] == "harbour.jpg"


@pytest.mark.parametrize(
    "markdown",
    [
        "open\n\n<!--more-->\n\nsealed",
        "- open\n\n  <!--more-->\n\n  sealed\n- sealed",
        "> open\n>\n> <!--more-->\n>\n> sealed",
        "| open |\n| --- |\n| open |\n\n<!--more-->\n\nNoted^[sealed]",
        "1. open\n2. - open\n\n     <!--more-->\n\n     sealed",
    ],
)
def test_nothing_below_the_cut_stands_above_the_paywall(markdown: str) -> None:
    written = nodes(from_text(markdown))
    place = kinds(written).index("paywall")
    above, below = json.dumps(written[:place]), json.dumps(written[place + 1 :])
    assert "sealed" not in above and "open" not in below
    assert "open" in above and "sealed" in below
    assert kinds(written).count("paywall") == 1 and "more-->" not in above + below


def for_some(web: list[str], mail: list[str], *inside: Json) -> Json:
    """Blocks for some readers only."""
    return {"type": "audience", "attrs": {"web": web, "mail": mail}, "content": list(inside)}


SECRET: Json = {"type": "paragraph", "content": [{"type": "text", "text": "for some"}]}
HTML: Json = {"type": "htmlCard", "attrs": {"html": "<p>for some</p>"}}
CALL: Json = {"type": "callToAction", "content": [SECRET]}


@pytest.mark.parametrize(
    "inside", [[SECRET], [HTML], [CALL], [SECRET, HTML], [{"type": "toggle", "content": [SECRET]}]]
)
@pytest.mark.parametrize("web", [[], ["anyone"], ["free"], ["paid"], ["free", "paid"], ["anyone", "paid"], WEB])
@pytest.mark.parametrize("mail", [[], ["free"], ["paid"]])
def test_what_is_for_some_stands_only_in_cards_that_ghost_shows_to_them(
    inside: list[Json], web: list[str], mail: list[str]
) -> None:
    (card,) = nodes(Document.of([for_some(web, mail, *inside)]))
    said = card["visibility"]
    assert said["web"]["nonMember"] is ("anyone" in web)
    names = {"": [], "status:free": ["free"], "status:-free": ["paid"], "status:free,status:-free": MAIL}
    assert names[said["web"]["memberSegment"]] == [name for name in web if name != "anyone"]
    assert names[said["email"]["memberSegment"]] == mail
    assert card["type"] in ("html", "call-to-action") and "for some" in json.dumps(card)


def test_what_goes_by_mail_alone_is_an_email_card_and_what_is_for_all_is_none() -> None:
    (card,) = nodes(Document.of([for_some([], MAIL, SECRET)]))
    assert (card["type"], card["html"]) == ("email", "<p>for some</p>")
    assert kinds(nodes(Document.of([for_some(WEB, MAIL, SECRET, HTML)]))) == ["paragraph", "html"]


def test_a_part_of_a_quote_for_some_closes_the_whole_quote() -> None:
    document = Document.of([{"type": "blockquote", "content": [SECRET, for_some(["paid"], [], SECRET)]}])
    (card,) = nodes(document)
    assert card["type"] == "html" and card["visibility"]["web"] == {"nonMember": False, "memberSegment": "status:-free"}


def test_a_cut_inside_what_is_for_some_leaves_two_such_parts() -> None:
    sealed = {"type": "paragraph", "content": [{"type": "text", "text": "sealed"}]}
    document = Document.of([for_some(["paid"], ["paid"], SECRET, {"type": "cut"}, sealed)])
    assert kinds(nodes(document)) == ["html", "paywall", "html"]
