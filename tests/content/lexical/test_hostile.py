"""Whatever Ghost's forms hold, reading gives a safe document or says clearly that there is none."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document import Document, DocumentError, Parsed, to_html, to_mail, to_text
from masthead.content.document.escaping import is_safe_address
from masthead.content.document.node import walk_nodes
from masthead.content.lexical import from_ghost_html, from_lexical, from_mobiledoc, to_lexical
from tests.content.lexical import sample
from tests.content.lexical.html_sample import HTML
from tests.content.lexical.mobiledoc_sample import MOBILEDOC
from tests.content.lexical.sample_texts import TEXTS
from tests.content.lexical.site import FILES, HOME, PICTURES

Json = dict[str, Any]
Read = Callable[..., Parsed]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
KINDS = sorted({node["type"] for node in [*sample.CARDS, *TEXTS]} | {"list", "listitem", "text", "link", "x"})
NAMES = sorted({name for node in sample.CARDS for name in node} | {"children", "text", "format", "url", "tag", "start"})
EVIL = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "__GHOST_URL__//evil.example",
    "__GHOST_URL__\\evil.example",
    "https://paper.example//evil.example",
    "/\\evil.example",
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)" onclick="x">x</a><img src=x onerror=alert(1)>',
    "\0",
    "\ud800",
    "\u202e",
    "x" * 3000,
    "{{7*7}}",
]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(EVIL),
    st.sampled_from(KINDS),
)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*NAMES, "type"]), inner, max_size=5),
        st.builds(
            lambda kind, rest: rest | {"type": kind},
            st.sampled_from(KINDS),
            st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
        ),
    ),
    max_leaves=25,
)


def outcome(read: Read, source: Any) -> Document | None:
    """Read a source; None if it was refused. Any other error is an error of ours."""
    try:
        parsed = read(source, images=PICTURES.get, files=FILES.get, home=HOME)
    except DocumentError:
        return None
    assert all(line == line.encode("utf-8").decode() and len(line) <= 400 for line in parsed.problems)
    return parsed.document


def addresses(value: Any) -> Iterator[str]:
    """Yield every address of a document."""
    for _, node in walk_nodes(value):
        yield from (node.get("attrs", {}).get(name, "") for name in ("href", "url"))
        yield from (mark["attrs"]["href"] for mark in node.get("marks", []) if mark["type"] == "link")


def check(document: Document | None) -> None:
    """A document is safe, can be written everywhere, and comes back."""
    if document is None:
        return
    assert all(is_safe_address(address) for address in addresses(document.tree) if address)
    assert dangers(to_html(document) + to_mail(document, base=HOME)) == []
    to_text(document).encode("utf-8")
    json.dumps(to_lexical(document, image=lambda token: token, file=lambda token: token)).encode("utf-8")


def dangers(html: str) -> list[str]:
    """Name what could run or lead astray in a page."""
    body = LexborHTMLParser(html).body
    elements = list(body.traverse()) if body else []
    found = [str(node.tag) for node in elements if node.tag in ("script", "object", "base", "style", "svg")]
    for node in elements:
        found += [name for name in node.attributes if name.startswith("on") or name in ("srcdoc", "style")]
        leads = [node.attributes.get(name) or "" for name in ("href", "src", "action", "poster")]
        found += [address for address in leads if address and not is_safe_address(address)]
    return found


def mutated(source: Any, path: list[int], value: Any) -> Any:
    """Put a value somewhere into a copy of a source; `path` picks a child at each level."""
    root = {"whole": copy.deepcopy(source)}
    here: Any = root
    for step in path:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = keys[step % len(keys)]
        if not isinstance(here[key], dict | list) or not here[key] or step is path[-1]:
            here[key] = value
            break
        here = here[key]
    return root["whole"]


@QUICK
@given(ANY)
def test_any_json_is_read_or_refused(value: Any) -> None:
    check(outcome(from_lexical, {"root": {"children": value}}))
    check(outcome(from_lexical, json.dumps({"root": {"children": [value, value]}})))
    check(outcome(from_lexical, {"root": value}))
    check(
        outcome(
            from_mobiledoc, {"version": "0.3.1", "sections": value, "cards": value, "markups": value, "atoms": value}
        )
    )


@QUICK
@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), ANY)
def test_a_sample_with_something_else_in_one_place_is_read_or_refused(path: list[int], value: Any) -> None:
    check(outcome(from_lexical, mutated(sample.WHOLE, path, value)))
    check(outcome(from_mobiledoc, mutated(MOBILEDOC, path, value)))


@QUICK
@given(st.integers(0, len(HTML)), st.integers(0, 40), st.one_of(st.text(max_size=20), st.sampled_from(EVIL)))
def test_html_with_something_else_in_one_place_is_read(place: int, length: int, text: str) -> None:
    check(outcome(from_ghost_html, HTML[:place] + text + HTML[place + length :]))


@pytest.mark.parametrize(
    "source", ["", "{", "[]", "null", "7", '"x"', "{}", '{"root": 7}', '{"root": null}', "\0", "[" * 100_000]
)
def test_what_is_no_lexical_is_refused_with_a_reason(source: str) -> None:
    for read in (from_lexical, from_mobiledoc):
        with pytest.raises(DocumentError) as raised:
            read(source, images=PICTURES.get, files=FILES.get)
        assert len(str(raised.value)) > 20


@pytest.mark.parametrize("version", ["0.2.0", "1", 7, None, ["0.3.1"]])
def test_another_mobiledoc_is_refused(version: Any) -> None:
    with pytest.raises(DocumentError, match=r"cannot be read; 0\.3 can"):
        from_mobiledoc({"version": version, "sections": []}, images=PICTURES.get, files=FILES.get)


@pytest.mark.parametrize("kind", ["quote", "paragraph", "list", "listitem", "link", "root", "nobody", "toggle"])
def test_what_stands_ten_thousand_deep_keeps_its_words(kind: str) -> None:
    node: Json = {"type": "text", "text": "the innermost"}
    for _ in range(10_000):
        node = {"type": kind, "children": [node], "url": "/x/", "visibility": node if kind == "toggle" else None}
    document = outcome(from_lexical, {"root": {"children": [node]}})
    assert document is not None and (kind == "toggle" or "the innermost" in to_text(document))


def test_deep_html_in_a_card_and_deep_values_in_fields_are_no_danger() -> None:
    deep: Any = []
    for _ in range(10_000):
        deep = [deep, {"a": deep}][:1]
    for card in sample.CARDS:
        check(outcome(from_lexical, {"root": {"children": [card | {name: deep for name in card if name != "type"}]}}))
    html = "<blockquote>" * 5000 + "deep words" + "</blockquote>" * 5000
    document = outcome(from_lexical, {"root": {"children": [{"type": "toggle", "heading": "x", "content": html}]}})
    assert document is not None and "deep words" in to_text(document)
    whole = outcome(from_ghost_html, html)
    assert whole is not None and "deep words" in to_text(whole)


def test_a_list_of_a_hundred_thousand_is_refused_and_not_kept_without_its_cut() -> None:
    many = [{"type": "paragraph", "children": [{"type": "text", "text": "x"}]}] * 100_000
    source = {"root": {"children": [{"type": "paywall"}, *many]}}
    with pytest.raises(DocumentError, match="split it into two posts"):
        from_lexical(source, images=PICTURES.get, files=FILES.get)


@pytest.mark.parametrize("address", EVIL)
def test_no_field_of_any_card_passes_an_unsafe_address(address: str) -> None:
    for card in sample.CARDS:
        for name in card:
            if name not in ("type", "version", "visibility"):
                changed = card | {name: address}
                check(outcome(from_lexical, {"root": {"children": [changed]}}))
    link = {"type": "link", "url": address, "children": [{"type": "text", "text": "kept"}]}
    document = outcome(from_lexical, {"root": {"children": [{"type": "paragraph", "children": [link]}]}})
    check(document)
    assert document is not None and "kept" in to_text(document)


def test_a_page_with_something_dangerous_in_it_would_be_found() -> None:
    assert dangers('<p onclick="x">x</p><a href="JavaScript:x">x</a><script>x</script>') == [
        "script",
        "onclick",
        "JavaScript:x",
    ]
