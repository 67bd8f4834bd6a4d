"""The cut at every place where it can stand (check 3), and marker text that is no cut (check 4)."""

from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from typing import Any

import pytest

from masthead.content.cutting import cut
from masthead.content.document import (
    Document,
    from_html,
    from_markdown,
    has_cut,
    split_at_cut,
    to_html,
    to_mail,
    to_markdown,
    to_text,
)
from masthead.content.document import halves as halves_module
from masthead.content.document.node import walk_nodes
from masthead.content.document.schema import NODES, may_hold

Json = dict[str, Any]
CUT: Json = {"type": "cut"}
WHOLE = """W01 before^[W02 noted].

## W03

- W04

  W05
- W06
  1. W07
  2. W08

> W09
>
> > W10
>
> W11

| W12 | W13 |
| --- | --- |
| W14 | W15 |

<table><tr><td><p>W16</p><ul><li>W17</li><li>W18</li></ul></td><td>W19</td></tr><tr><td>W20</td></tr></table>

> [!pull]
> W21

```
W22
```

<details><summary>W23</summary>W24</details>

***

W25^[W26 and *W27*]
"""
VOID = {"br", "hr", "img", "source"}


class Balance(HTMLParser):
    """Notes every end that closes something else than what is open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def is_balanced(html: str) -> bool:
    """Say whether every element is closed, in order."""
    parser = Balance(html)
    return not (parser.open or parser.wrong)


def cut_everywhere(document: Document) -> Iterator[tuple[str, Document, int]]:
    """Yield (place, document with a cut there, how many words stand before the cut) for every place that takes one."""
    for path, node in walk_nodes(document.json):
        for place in range(len(node.get("content", [])) + 1) if may_hold(NODES[node["type"]], NODES["cut"]) else ():
            tree = deepcopy(document.json)
            at = next(found for where, found in walk_nodes(tree) if where == path)
            at["content"].insert(place, CUT)
            yield f"{path}[{place}]", Document.load(tree), _words_before(tree)


def _words_before(tree: Json) -> int:
    dump = "".join(node.get("text", node.get("attrs", {}).get("html", "")) for node in _until_cut(tree))
    return dump.count("W")


def _until_cut(tree: Json) -> Iterator[Json]:
    for _, node in walk_nodes(tree):
        if node["type"] == "cut":
            return
        yield node


def faults(document: Document, before: int) -> list[str]:
    """Say what is wrong with the two halves of a document in which `before` words stand above the cut."""
    split = split_at_cut(document)
    if split.body is None:
        return ["no cut"]
    words = [f"W{number:02}" for number in range(1, 28)]
    found = []
    for write in (
        to_html,
        lambda half: to_mail(half, base="https://paper.example"),
        to_text,
        to_markdown,
        Document.dump,
    ):
        opening, body = str(write(split.opening)), str(write(split.body))
        found += [f"{word} below the cut in the opening" for word in words[before:] if word in opening]
        found += [f"{word} is lost" for word in words if word not in opening + body]
        found += [f"{word} is doubled" for word in words if word in opening and word in body]
    found += ["an element is left open" for half in (split.opening, split.body) if not is_balanced(to_html(half))]
    return found + ["a cut is left"] * (has_cut(split.opening) or has_cut(split.body))


def test_wherever_the_cut_stands_the_opening_ends_before_it() -> None:
    whole = from_markdown(WHOLE).document
    cuts = list(cut_everywhere(whole))
    assert len(cuts) > 40 and len({before for _, _, before in cuts}) > 20
    found = {place: wrong for place, document, before in cuts if (wrong := faults(document, before))}
    assert found == {}


def test_a_cut_that_lets_a_word_through_or_drops_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = from_markdown(WHOLE).document
    place, document, before = list(cut_everywhere(whole))[7]
    assert faults(document, before) == [], place
    assert any("below the cut" in fault for fault in faults(document, before - 1))
    monkeypatch.setattr(halves_module, "_going_on", lambda node, place: node | {"content": []})
    monkeypatch.setattr(halves_module, "_without", lambda node: node | {"content": node["content"][1:]})
    assert any("is lost" in fault for fault in faults(document, before))
    assert not is_balanced("<p><b>x</p></b>") and not is_balanced("<p>x")


@pytest.mark.parametrize(
    "edge",
    ["🚢", "👩‍👩‍👧", "e\u0301", "שלום", "\u202eabc\u202c", "ﷺ", "\U00020000", "x\u200d", "👍🏽", "\u2066ltr\u2069"],
)
@pytest.mark.parametrize(
    "around",
    [
        "{}\n\n<!--more-->\n\nAFTER",
        "a {} <!--more--> AFTER {}",
        "- {}\n\n  <!--more-->\n\n  AFTER",
        "**{}**\n\n<!--more-->\n\n{} AFTER",
    ],
)
def test_the_letter_beside_the_cut_stays_whole(edge: str, around: str) -> None:
    split = split_at_cut(from_markdown(around.replace("{}", edge)).document)
    assert split.body is not None
    opening, body = to_html(split.opening), to_html(split.body)
    assert edge in opening and "AFTER" not in opening and "AFTER" in body
    assert is_balanced(opening) and is_balanced(body)
    opening.encode("utf-8")


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "vip"])
def test_a_gated_text_without_a_cut_opens_as_far_as_the_setting_says(visibility: str) -> None:
    document = from_markdown("one\n\ntwo\n\nthree").document
    for number in (0, 1, 2, 9):
        opening, body = cut(document, visibility, uncut_paragraphs=number)
        shown = 0 if visibility == "vip" else min(number, 3)
        assert to_text(opening).split() == ["one", "two", "three"][:shown]
        assert body is not None and to_text(body).split() == ["one", "two", "three"][shown:]


MARKERS = (
    "<!--more-->",
    "<!-- more -->",
    "<!--members-only-->",
    "<!--cut-->",
    '<hr class="cut">',
    "[[cut]]",
    "{{cut}}",
)
IN_TEXT: list[Json] = [
    {"type": "paragraph", "content": [{"type": "text", "text": "{}"}, {"type": "footnote", "content": [{"type": "text", "text": "{}"}]}]},
    {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "{}"}]},
    {"type": "paragraph", "content": [{"type": "text", "text": "{}", "marks": [{"type": "code"}]}]},
    {"type": "codeBlock", "content": [{"type": "text", "text": "{}"}]},
    {"type": "pullQuote", "content": [{"type": "text", "text": "{}"}]},
    {"type": "figure", "attrs": {"media": "a" * 16, "alt": "{}", "credit": "{}"}, "content": [{"type": "text", "text": "{}"}]},
    {"type": "htmlCard", "attrs": {"html": "<p title='{}'>x</p>{}<div>{}</div>"}},
]  # fmt: skip


def _with(node: Any, marker: str) -> Any:
    if isinstance(node, dict):
        return {name: _with(value, marker) for name, value in node.items()}
    if isinstance(node, list):
        return [_with(value, marker) for value in node]
    return node.replace("{}", marker) if isinstance(node, str) else node


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_typed_as_text_or_in_a_card_never_becomes_a_cut(marker: str) -> None:
    """It does so neither at once nor after a round through the form (Markdown) or a page (HTML)."""
    for block in IN_TEXT:
        document = Document.of([_with(block, marker)])
        for read in (document, from_markdown(to_markdown(document)).document, from_html(to_html(document)).document):
            assert not has_cut(read), block["type"]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_typed_marker_above_and_below_the_real_cut_moves_nothing(marker: str) -> None:
    text = (
        f"BEFORE `{marker}` too\n\n```\n{marker} BEFORE\n```\n\n<!--more-->\n\nAFTER\n\n```\n{marker}\n```\n\nAFTER too"
    )
    for document in (from_markdown(text).document, from_markdown(to_markdown(from_markdown(text).document)).document):
        split = split_at_cut(document)
        assert split.body is not None
        assert to_text(split.opening).count("BEFORE") == 2 and "AFTER" not in split.opening.dump()
        assert to_text(split.body).count("AFTER") == 2 and marker in to_text(split.body)
