"""What cards promise beyond their examples: attributes from anywhere are checked, cuts stay outside, no words are lost."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from masthead.content.document import (
    Attached,
    Document,
    DocumentError,
    Picture,
    Rendition,
    file_ids,
    from_html,
    from_markdown,
    has_cut,
    media_ids,
    split_at_cut,
    to_html,
    to_mail,
    to_markdown,
    to_text,
)
from masthead.content.document.schema import NODES
from tests.content.document.nodes.attacking import CARDS, TOKEN, card_of
from tests.content.document.strategies import card_documents
from tests.content.document.test_safety import ATTACKS, dangers

Json = dict[str, Any]
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
PICTURE = Picture(1200, 800, (Rendition("jpeg", 600, "/media/x/600.jpeg"),))
FILE = Attached('/files/x/a"b.mp4', '"><b>', 1000, "video/mp4")


class Every(dict[str, Any]):
    """Knows every token."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value

    def get(self, key: str, default: Any = None) -> Any:
        return self.value if key else default


KNOWN: list[dict[str, Any]] = [
    {},
    {"pictures": Every(PICTURE), "files": Every(FILE)},
    {"base": "https://paper.example"},
]


@QUICK
@given(card_documents())
def test_html_reads_back_as_the_same_cards(document: Document) -> None:
    for known in KNOWN:
        written = to_html(document, **known)
        back = from_html(written)
        assert back.problems == []
        assert to_html(back.document, **known) == written
        assert from_markdown(to_markdown(back.document)).document == back.document


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_in_every_field_of_every_card_does_nothing(attack: str) -> None:
    document = Document.of([card_of(name, attack) for name in CARDS])
    assert {node["type"] for node in document.json["content"]} == set(CARDS)
    for known in KNOWN:
        html, mail = to_html(document, **known), to_mail(document, **({"base": "https://p.example"} | known))
        assert dangers(html) == dangers(mail) == []
        assert from_html(html).problems == []
    assert from_markdown(to_markdown(document)).document == document


HOSTILE = [
    '<div class="button-card"><a class="card-label card-href" href="javascript:alert(1)">the words</a></div>',
    '<div class="product-card" data-media="../../x" data-rating="[[[[" onclick="x"><h2 class="card-title">the words</h2></div>',
    '<div class="sign-up-card" data-labels="{}" data-align="x" data-size="&quot;"><h2 class="card-header">the words</h2></div>',
    '<figure class="embed-card" data-kind="script"><a class="card-url" href="data:text/html,x"><span class="card-title">the words</span></a></figure>',
    '<figure class="bookmark-card"><a class="card-url" href="/inside/">the words</a></figure>',
    '<div class="file-card" data-file="x" data-size="-1"><b class="card-title">the words</b></div>',
    '<figure class="video-card" data-width="1e9" data-loops="1" data-name="x"><figcaption class="card-body">the words</figcaption></figure>',
    '<div class="callout-card" data-tone="url(x)"><p class="card-body">the words</p></div>',
    '<figure class="wide"><a href="javascript:x"><img src="media:quay0000monday00"></a><figcaption>the words</figcaption></figure>',
    '<figure data-media="quay0000monday00" data-href="javascript:x"><figcaption>the words</figcaption></figure>',
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE)
def test_what_an_attribute_may_not_be_is_left_out_and_said_and_the_words_stay(html: str) -> None:
    parsed = from_html(f"<p>Before</p>{html}<p>After</p>")
    assert parsed.problems and "the words" in to_text(parsed.document)
    assert len(parsed.document.json["content"]) == 3, "the rest was read as it was"
    for known in KNOWN:
        assert dangers(to_html(parsed.document, **known)) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/a b", "ht\ntp://x"])
@pytest.mark.parametrize(
    ("name", "attr"), [(name, attr) for name in (*CARDS, "figure") for attr in NODES[name].attrs if attr in ("href", "url")]
)  # fmt: skip
def test_a_dangerous_address_is_refused(name: str, attr: str, address: str) -> None:
    node = {"type": name, "attrs": ({"media": TOKEN} if name == "figure" else {}) | {attr: address}}
    with pytest.raises(DocumentError, match=f"{attr} must be empty or an address"):
        Document.of([node])


def test_words_in_an_element_that_is_no_whole_card_stay_as_text() -> None:
    for name in CARDS:
        kind = NODES[name]
        html = f'<{kind.tags[0]} class="{kind.css}"><p>the words</p></{kind.tags[0]}>'
        assert "the words" in to_text(from_html(html).document), name


def test_a_toggle_and_a_callout_written_by_hand_are_read() -> None:
    toggle = from_markdown('<details class="toggle"><summary>Why?</summary>\n\nBecause of **tides**.\n\n</details>')
    assert to_text(toggle.document) == "Why?\n\nBecause of tides."
    assert toggle.document.json["content"][0]["type"] == "toggle"
    callout = from_html('<div class="callout-card" data-tone="red">Mind the <b>gap</b></div>').document
    assert callout.json["content"][0]["attrs"]["tone"] == "red" and to_text(callout) == "Mind the gap"
    plain = from_html("<details><summary>Why?</summary><p>Tides.</p></details>").document
    assert plain.json["content"][0]["type"] == "htmlCard"


def test_a_cut_inside_a_card_is_moved_before_it() -> None:
    """Were it dropped, or left behind the card, words that stood below it would stand above."""
    for inside in ("<!--more-->", "<blockquote><p>x</p><!--more--><p>y</p></blockquote>", '<hr class="cut">'):
        html = f'<p>BEFORE</p><details class="toggle"><summary>S</summary>{inside}<p>AFTER</p></details>'
        parsed = from_html(html)
        split = split_at_cut(parsed.document)
        assert split.body and "BEFORE" in to_text(split.opening) and "AFTER" not in split.opening.dump()
        assert "AFTER" in to_text(split.body) and not has_cut(split.body)
        assert parsed.problems == ["a cut inside a toggle was moved before it"]


def test_a_cut_that_is_dropped_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.content.document.cards.CUT", {"type": "horizontalRule"})
    html = '<p>BEFORE</p><details class="toggle"><!--more--><p>AFTER</p></details>'
    assert not has_cut(from_html(html).document)


@pytest.mark.parametrize("name", ["toggle", "callToAction", "product"])
def test_a_cut_however_deep_in_a_card_is_refused(name: str) -> None:
    cut: Json = {"type": "cut"}
    for inside in (cut, {"type": "blockquote", "content": [{"type": "toggle", "content": [cut]}]}):
        with pytest.raises(DocumentError, match=r"found a cut|a cut may not stand in here"):
            Document.of([{"type": name, "content": [inside]}])
    with pytest.raises(DocumentError, match="a cut may not stand in here, however deep; move it out of the card"):
        Document.of([{"type": name, "content": [{"type": "blockquote", "content": [cut]}]}])


def test_a_card_that_says_nothing_is_left_out() -> None:
    half: list[Json] = [
        {"type": "button", "attrs": {"label": "Read"}},
        {"type": "button", "attrs": {"href": "/x/"}},
        {"type": "gallery", "attrs": {"caption": "of nothing"}},
        {"type": "callout", "attrs": {"emoji": "!"}},
        {"type": "callToAction", "attrs": {"label": "Join", "sponsor": "us"}},
        {"type": "bookmark", "attrs": {"title": "nowhere"}},
    ]
    assert Document.of(half + [{"type": name} for name in CARDS]).is_empty


def test_the_tokens_of_pictures_and_files_are_found_once_each_in_order() -> None:
    one, two = "a" * 16, "b" * 16
    document = Document.of(
        [
            {"type": "audio", "attrs": {"file": two, "title": "t", "media": two}},
            {"type": "toggle", "content": [{"type": "product", "attrs": {"title": "t", "media": one}}]},
            {"type": "gallery", "content": [{"type": "figure", "attrs": {"media": one}}]},
            {"type": "video", "attrs": {"file": one}},
            {"type": "file", "attrs": {"title": "nothing uploaded"}},
        ]
    )
    assert media_ids(document) == [two, one] and file_ids(document) == [two, one]


def test_a_link_around_a_picture_is_kept_wherever_it_stands() -> None:
    for html in (
        '<figure class="full"><a href="/x/"><picture><img src="media:{}"></picture></a></figure>',
        '<p><a href="/x/"><img src="media:{}"></a></p>',
        '<a href="/x/"><img src="media:{}"></a>',
    ):
        figure = from_html(html.format(TOKEN)).document.json["content"][0]
        assert (figure["type"], figure["attrs"]["href"]) == ("figure", "/x/")
    markdown = from_markdown(f"[![alt](media:{TOKEN})](https://x.example/)").document.json["content"][0]
    assert markdown["attrs"]["href"] == "https://x.example/"


def test_nothing_of_a_card_is_fetched_from_another_site() -> None:
    document = Document.of([card_of(name, "words") for name in CARDS])
    html = to_html(document, pictures=Every(PICTURE), files=Every(FILE))
    assert "https://there.example/" in html
    for attr in ("src", "srcset", "poster", "data"):
        assert f'{attr}="http' not in html


def test_an_invitation_to_sign_up_is_not_sent_to_those_who_have() -> None:
    document = Document.of([card_of("signUp", "words")])
    assert 'href="/sign-up/"' in to_html(document) and to_mail(document, base="https://p.example") == ""


def test_a_title_of_a_card_is_one_level_below_the_heading_above_it() -> None:
    product: Json = {"type": "product", "attrs": {"title": "Boots"}}
    above = [
        {"type": "heading", "attrs": {"level": level}, "content": [{"type": "text", "text": "h"}]}
        for level in (2, 3, 4)
    ]
    levels = [to_html(Document.of([*before, product])).split("</h")[-1][0] for before in ([], *([h] for h in above))]
    assert levels == ["2", "3", "4", "4"]


def test_the_product_in_the_reference_is_read_as_one() -> None:
    reference = (Path(__file__).parents[4] / "docs" / "reference" / "document.md").read_text(encoding="utf-8")
    written = reference.split("```html\n")[1].split("```")[0]
    (product,) = from_markdown(written).document.json["content"]
    assert product["attrs"] == {"title": "The Ilmar oilskin", "media": "", "rating": 4, "label": "See it", "href": "https://shop.example/"}  # fmt: skip
    assert to_text(Document.of([product])) == "The Ilmar oilskin 4/5\n\nDry for two winters.\n\nSee it"
