"""Nothing that anybody writes is executed, and malformed documents are refused with clear words."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document import Document, DocumentError, from_html, from_markdown, to_html, to_mail, to_text
from masthead.content.document.escaping import is_safe_address

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
TOKEN = "abcdefghijklmnop"
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "![x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<div class='html-card'><form action='//evil.example'><button>x</button></form></div>",
    "<div class='html-card'><a href='javascript:alert(1)' style='position:fixed'>x</a></div>",
    "</code></pre><script>alert(1)</script>",
    '```"><script>alert(1)</script>\nx\n```',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<style>@import '//evil.example'</style>",
    "<base href='//evil.example'><meta http-equiv=refresh content='0;//evil.example'>",
]
ACTIVE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "form",
    "base",
    "meta",
    "link",
    "input",
    "button",
}


def dangers(html: str) -> list[str]:
    """Return every element, attribute and address in the parsed tree that could do something."""
    found = []
    for node in LexborHTMLParser(f"<!DOCTYPE html><body>{html}").css("body *"):
        if node.tag in ACTIVE:
            found.append(str(node.tag))
        for name, value in node.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "action", "formaction"):
                found.append(name)
            if name in ("href", "src") and not is_safe_address(value or ""):
                found.append(f"{name}={value}")
    return found


def test_the_check_itself_sees_dangers() -> None:
    assert dangers("<a href='javascript:x' onclick=x>x</a><script></script>") == [
        "onclick",
        "href=javascript:x",
        "script",
    ] or (len(dangers("<a href='javascript:x' onclick=x>x</a><script></script>")) == 3)


@pytest.mark.parametrize("attack", ATTACKS)
def test_parsed_text_does_nothing(attack: str) -> None:
    for read in (from_markdown, from_html):
        document = read(attack).document
        assert dangers(to_html(document)) == []
        assert dangers(to_mail(document, base="https://paper.example")) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_in_every_field_of_every_node_does_nothing(attack: str) -> None:
    text = {"type": "text", "text": attack}
    blocks: list[dict[str, Any]] = [
        {"type": "paragraph", "content": [text, {"type": "footnote", "content": [text]}]},
        {"type": "heading", "attrs": {"level": 2}, "content": [text]},
        {"type": "pullQuote", "content": [text]},
        {"type": "codeBlock", "content": [text]},
        {"type": "figure", "attrs": {"media": TOKEN, "alt": attack, "credit": attack}, "content": [text]},
        {"type": "htmlCard", "attrs": {"html": attack}},
        {
            "type": "table",
            "content": [
                {
                    "type": "tableRow",
                    "content": [{"type": "tableCell", "content": [{"type": "paragraph", "content": [text]}]}],
                }
            ],
        },
    ]
    assert dangers(to_html(Document.of(blocks))) == []


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x",
     "//evil.example", "\\\\evil", "https://a b", "file:///etc/passwd", "", "ht\u200btps://x"],
)  # fmt: skip
def test_a_link_to_a_dangerous_address_is_refused(address: str) -> None:
    text = {"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": address}}]}
    with pytest.raises(DocumentError, match="must be an address"):
        Document.of([{"type": "paragraph", "content": [text]}])


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["type", "content", "attrs", "marks", "text", "x"]), inner, max_size=5)),
    max_leaves=20,
)  # fmt: skip


@QUICK
@given(ANYTHING)
def test_any_json_is_a_document_or_refused_with_places(value: Any) -> None:
    try:
        Document.load({"type": "doc", "content": value})
        Document.load(value)
    except DocumentError as error:
        assert error.problems and str(error)  # noqa: PT017  (most values are refused, a few are documents)


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([{"type": "table", "content": [{"type": "paragraph"}]}], "a table may hold only tableRow; found a paragraph"),
        ([{"type": "wall"}], "there is no node of the type 'wall'"),
        ([{"type": "heading", "attrs": {"level": 1}}], "level must be a whole number from 2 to 4"),
        ([{"type": "heading", "attrs": {"level": True}}], "level must be a whole number"),
        ([{"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [{"type": "blink"}]}]}], "there is no mark 'blink'"),
        ([{"type": "figure", "attrs": {"media": "../../etc"}}], "media must be the token of an uploaded picture"),
        ([{"type": "paragraph", "onload": "x"}], "paragraph has no 'onload'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(blocks: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(DocumentError) as raised:
        Document.of(blocks)
    assert words in str(raised.value)
    assert "content[0]" in str(raised.value)


def test_a_very_deep_document_is_refused() -> None:
    node: dict[str, Any] = {"type": "paragraph"}
    for _ in range(60):
        node = {"type": "blockquote", "content": [node]}
    with pytest.raises(DocumentError, match="deep"):
        Document.of([node])


@QUICK
@given(st.text(max_size=200))
def test_reading_any_text_never_fails_and_can_be_stored(text: str) -> None:
    for read in (from_markdown, from_html):
        json.dumps(read(text).document.json, ensure_ascii=False).encode("utf-8")


def test_deeply_nested_html_is_kept_as_text() -> None:
    parsed = from_html("<blockquote>" * 300 + "deep" + "</blockquote>" * 300)
    assert "deep" in to_text(parsed.document)


def test_a_document_of_a_later_release_is_refused() -> None:
    with pytest.raises(DocumentError, match="upgrade Masthead first"):
        Document.load({"type": "doc", "attrs": {"schema": 99}, "content": []})
