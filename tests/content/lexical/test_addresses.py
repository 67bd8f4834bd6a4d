"""Links of the old site lead to the same places here; pictures are asked for by their originals."""

from typing import Any

import pytest

from masthead.content.lexical import from_lexical
from tests.content.lexical.site import HOME, element, read_nodes, text

GONE = None


def led(address: Any, home: str = HOME) -> tuple[str | None, list[str]]:
    """Return where a link leads after reading, and the lines about it."""
    link = {"type": "link", "url": address, "children": [text("words")]}
    root = {"root": {"children": [element("paragraph", link)]}}
    parsed = from_lexical(root, images=lambda _: None, files=lambda _: None, home=home)
    (words,) = parsed.document.json["content"][0]["content"]
    assert words["text"] == "words"
    marks = words.get("marks", [])
    return (marks[0]["attrs"]["href"] if marks else GONE), parsed.problems


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("__GHOST_URL__/x/", "/x/"),
        ("__GHOST_URL__", "/"),
        ("__GHOST_URL__/", "/"),
        ("https://paper.example/x/?a=b#c", "/x/?a=b#c"),
        ("http://PAPER.example/x/", "/x/"),
        ("https://paper.example", "/"),
        ("https://paper.example.org/x/", "https://paper.example.org/x/"),
        ("https://paper.examples/", "https://paper.examples/"),
        ("__GHOST_URL__//evil.example/", "/evil.example/"),
        ("https://paper.example//evil.example/", "/evil.example/"),
        ("https://else.example/a b/", "https://else.example/a%20b/"),
        ("mailto:a@paper.example", "mailto:a@paper.example"),
        ("#below", "#below"),
        ("https://else.example/?ref=paper.example", "https://else.example/"),
        ("https://else.example/?ref=Paper.Example&x=1#y", "https://else.example/?x=1#y"),
        ("https://else.example/?x=1&ref=paper.example", "https://else.example/?x=1"),
        ("https://else.example/?ref=other", "https://else.example/?ref=other"),
        ("https://else.example/?href=paper.example", "https://else.example/?href=paper.example"),
        ("#/portal/", "/sign-up/"),
        ("#/portal", "/sign-up/"),
        ("#/portal/signup", "/sign-up/"),
        ("#/portal/signup/free", "/sign-up/"),
        ("#/portal/signin", "/sign-in/"),
        ("#/portal/account", "/account/"),
        ("#/portal/account/plans", "/subscribe/"),
        ("#/portal/upgrade", "/subscribe/"),
        ("#/portal/subscription", "/subscribe/"),
        ("#/search", "/search/"),
        ("__GHOST_URL__/#/portal/signup", "/sign-up/"),
        ("https://paper.example/about/#/portal/signin", "/sign-in/"),
        ("https://else.example/#/portal/signin", "https://else.example/#/portal/signin"),
    ],
)
def test_a_link_leads_to_its_place_here_without_a_line(address: str, expected: str) -> None:
    assert led(address) == (expected, [])


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("#/portal/support", "the link to “#/portal/support” was left out: there is no such page here"),
        ("#/portal/gift", "the link to “#/portal/gift” was left out: there is no such page here"),
        ("javascript:x", "the link to “javascript:x” was left out: that is no address a link may have"),
        ("//else.example", "the link to “//else.example” was left out: that is no address a link may have"),
        ("else.example", "the link to “else.example” was left out: that is no address a link may have"),
    ],
)
def test_a_link_that_leads_nowhere_keeps_its_words_and_has_a_line(address: str, line: str) -> None:
    assert led(address) == (GONE, [line])


def test_a_link_to_an_old_upload_stays_and_has_a_line() -> None:
    href, lines = led("__GHOST_URL__/content/files/2024/a.pdf")
    assert href == "/content/files/2024/a.pdf"
    assert lines == ["a link still leads to “/content/files/2024/a.pdf”, a file of the old site"]


def test_a_site_in_a_folder_and_one_without_an_address_are_read_too() -> None:
    assert led("https://paper.example/blog/x/", "https://paper.example/blog/")[0] == "/x/"
    assert led("https://paper.example/other/", "https://paper.example/blog")[0] == "https://paper.example/other/"
    assert led("__GHOST_URL__/x/", "")[0] == "/x/"
    assert led("https://paper.example/x/?ref=paper.example", "")[0] == "https://paper.example/x/?ref=paper.example"


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("__GHOST_URL__/content/images/2024/a.jpg", "/content/images/2024/a.jpg"),
        ("https://paper.example/content/images/size/w600/2024/a.jpg", "/content/images/2024/a.jpg"),
        ("__GHOST_URL__/content/images/size/w30h30/a.jpg", "/content/images/a.jpg"),
        ("/content/images/size/w1000/format/webp/2024/a.jpg", "/content/images/2024/a.jpg"),
        ("https://storage.example/x/content/images/size/w600/a.jpg", "https://storage.example/x/content/images/a.jpg"),
        ("https://images.example/photo?w=600", "https://images.example/photo?w=600"),
    ],
)
def test_a_picture_is_asked_for_by_its_original(source: str, asked: str) -> None:
    seen: list[str] = []

    def images(address: str) -> str | None:
        seen.append(address)
        return "token000000000001"

    cards = [
        {"type": "image", "src": source},
        {"type": "markdown", "markdown": f"![x]({source})"},
        {"type": "toggle", "heading": "x", "content": f'<img src="{source}">'},
        {"type": "bookmark", "url": "https://x.example", "metadata": {"title": "x", "thumbnail": source}},
    ]
    parsed = from_lexical({"root": {"children": cards}}, images=images, files=lambda _: None, home=HOME)
    assert seen == [asked] * 4 and parsed.problems == []


def test_links_in_every_piece_of_html_and_markdown_are_led_too() -> None:
    anchor = '<a href="__GHOST_URL__/x/?ref=paper.example">x</a>'
    parsed = read_nodes(
        {"type": "html", "html": f"<p>{anchor}</p>"},
        {"type": "markdown", "markdown": "[x](__GHOST_URL__/x/) <https://paper.example/x/>"},
        {"type": "callout", "calloutText": anchor},
        {"type": "toggle", "heading": "h", "content": f"<p>{anchor}</p>"},
        {"type": "email", "html": f"<p>{anchor}</p>"},
    )
    assert parsed.document.dump().count('"/x/"') + parsed.document.dump().count('\\"/x/\\"') == 6
    assert "paper.example/x" not in parsed.document.dump().replace('"https://paper.example/x/"', "")
