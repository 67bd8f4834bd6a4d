"""Every text and block of Ghost's Lexical."""

from typing import Any

from tests.content.lexical.site import element, text

Json = dict[str, Any]


def link(address: str, *children: Json, kind: str = "link") -> Json:
    """Return a Lexical link."""
    return element(kind, *children, url=address, rel="noreferrer", target="_blank", title="A title")


TEXTS: list[Json] = [
    element(
        "paragraph",
        text("bold", 1),
        text(" italic", 2, "text"),
        text(" struck", 4),
        text(" underlined", 8),
        text(" code", 16),
        text(" sub", 32),
        text(" super", 64),
        text(" marked", 128),
        text(" bold and italic", 3),
        {"type": "linebreak", "version": 1},
        text("a", 0, "tab"),
        link("__GHOST_URL__/quay/?ref=paper.example", text("the quay", 1)),
        link("https://other.example/x?a=1&ref=paper.example#top", text("elsewhere")),
        link("https://plain.example", text("https://plain.example"), kind="autolink"),
        text("TK", 0, "tk"),
        {"type": "zwnj", "text": "\u200c"},
    ),
    *(element("extended-heading", text(f"Level {n}"), tag=f"h{n}") for n in range(1, 7)),
    element("heading", text("An old heading"), tag="h3"),
    element("quote", text("A quote"), {"type": "linebreak"}, text("of two lines")),
    element("extended-quote", text("A newer quote")),
    element("aside", text("Set large beside it")),
    element(
        "list",
        element("listitem", text("one"), value=1),
        element(
            "listitem",
            element(
                "list",
                element("listitem", text("one and a half"), value=1),
                listType="number",
                tag="ol",
                start=4,
            ),
            value=2,
        ),
        element("listitem", text("two"), value=2),
        listType="bullet",
        tag="ul",
        start=1,
    ),
    element(
        "list",
        element("listitem", text("done"), value=1, checked=True),
        element("listitem", text("to do"), value=2, checked=False),
        listType="check",
        tag="ul",
        start=1,
    ),
    element(
        "paragraph",
        text("Searched "),
        element("at-link", {"type": "zwnj"}, {"type": "at-link-search", "text": "half a na"}, linkFormat=0),
    ),
]
