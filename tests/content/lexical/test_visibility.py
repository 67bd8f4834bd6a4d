"""Who sees a card: every form in which Ghost said it, and what is not understood is shown to nobody."""

from typing import Any

import pytest

from tests.content.lexical.site import blocks, read_nodes

Json = dict[str, Any]
ALL = "status:free,status:-free"
WEB, MAIL = ["anyone", "free", "paid"], ["free", "paid"]


def now(non_member: Any, web: Any, mail: Any) -> Json:
    """A visibility as Ghost writes it now."""
    return {"web": {"nonMember": non_member, "memberSegment": web}, "email": {"memberSegment": mail}}


@pytest.mark.parametrize(
    ("visibility", "web", "mail"),
    [
        (now(True, "", ALL), ["anyone"], MAIL),
        (now(False, ALL, ALL), MAIL, MAIL),
        (now(False, "status:free", ""), ["free"], []),
        (now(True, "status:-free", "status:-free"), ["anyone", "paid"], ["paid"]),
        (now(False, "status:paid", "status:free"), ["paid"], ["free"]),
        (now(False, "", ""), [], []),
        (now(True, ALL, "status:-free, status:free") | {"showOnWeb": False}, None, None),
        (now(True, ALL, ALL), None, None),
        ({"web": {"nonMember": True, "memberSegment": ""}}, ["anyone"], MAIL),
        ({"showOnWeb": True, "showOnEmail": True, "segment": ""}, None, None),
        ({"showOnWeb": False, "showOnEmail": True, "segment": ""}, [], MAIL),
        ({"showOnWeb": True, "showOnEmail": False, "segment": ""}, WEB, []),
        ({"showOnWeb": True, "showOnEmail": True, "segment": "status:free"}, WEB, ["free"]),
        ({"showOnWeb": False, "showOnEmail": True, "segment": "status:paid"}, [], ["paid"]),
        ({"emailOnly": True, "segment": "status:-free"}, [], ["paid"]),
        ({"emailOnly": True, "segment": ""}, [], MAIL),
        ({"emailOnly": False, "segment": ""}, None, None),
        (None, None, None),
        ({}, None, None),
    ],
)
def test_each_form_of_visibility_becomes_its_audience(visibility: Any, web: Any, mail: Any) -> None:
    (block,) = blocks({"type": "html", "html": "<p>Words</p>", "visibility": visibility})
    if web is None:
        assert block["type"] == "htmlCard"
    else:
        assert block["type"] == "audience" and block["content"][0]["type"] == "htmlCard"
        assert (block["attrs"]["web"], block["attrs"]["mail"]) == (web, mail)


@pytest.mark.parametrize("visibility", ["paid", 7, [], {"who": "everybody"}, {"web": 7, "email": None}])
def test_what_is_not_understood_is_shown_to_nobody(visibility: Any) -> None:
    (block,) = blocks({"type": "html", "html": "<p>Words</p>", "visibility": visibility})
    assert block["attrs"]["web"] == block["attrs"]["mail"] == []


def test_a_segment_that_does_not_exist_here_is_nobody_and_is_named() -> None:
    parsed = read_nodes({"type": "html", "html": "<p>Words</p>", "visibility": now(False, "label:vip", ALL)})
    assert parsed.document.json["content"][0]["attrs"]["web"] == []
    assert parsed.problems == ["there are no readers like “label:vip” here; what was for them is now shown to nobody"]


def test_any_card_and_an_unknown_one_may_be_for_some_only() -> None:
    only_paid = now(False, "status:-free", "status:-free")
    for card in (
        {"type": "callout", "calloutText": "Words"},
        {"type": "markdown", "markdown": "Two\n\nparagraphs"},
        {"type": "poll", "question": "Who may see this?"},
        {"type": "button", "buttonText": "x", "buttonUrl": "/x/"},
    ):
        (block,) = blocks(card | {"visibility": only_paid})
        assert block["type"] == "audience" and block["attrs"]["web"] == ["paid"]


def test_in_a_list_the_whole_list_is_for_those_who_may_see_its_part() -> None:
    card = {"type": "html", "html": "<p>Secret</p>", "visibility": now(False, "status:-free", "")}
    plain = {"type": "listitem", "children": [{"type": "text", "text": "open"}]}
    listed = {"type": "list", "children": [plain, {"type": "listitem", "children": [card]}]}
    parsed = read_nodes(listed)
    (block,) = parsed.document.json["content"]
    assert block["attrs"] == {"web": ["paid"], "mail": [], "number": 0}
    assert block["content"][0]["type"] == "bulletList" and "Secret" in str(block["content"])
    assert parsed.problems == ["a part of a list, quote or card was for some readers only; now all of it is"]
