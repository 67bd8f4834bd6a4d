"""What the texts and blocks of the sample become, and short ways to write nodes of ours."""

from typing import Any

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
