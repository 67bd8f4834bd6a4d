"""Hostile texts on every page: each page has exactly the elements and attributes that it has with plain words (check 83)."""

import json
from collections import Counter
from collections.abc import Sequence

import pytest
from django.template import base as template_base
from django.template import engines
from django.utils.safestring import mark_safe

from masthead.content.document.nodes import text as text_node
from masthead.site.templatetags import masthead_site
from tests.cast import Cast, client_of
from tests.hostile.looking import folded, handlers, linked_data, skeleton, words_of
from tests.hostile.paper import A_PAPER, BATCHES, paper_of, public_paths
from tests.hostile.payloads import MARK, PLAIN

IDS = range(len(BATCHES))
_fetched: dict[tuple[str, ...], dict[str, str]] = {}  # pages by their texts: fetched once, looked at by several tests


def fetch(cast: Cast, texts: Sequence[str]) -> dict[str, str]:
    """Publish the texts and fetch every page on which they stand; the desk's under names that do not change."""
    reader, staff = client_of(None), client_of(cast.editor)
    with paper_of(cast, texts) as posts:
        pages = {path: reader.get(path).content.decode() for path in public_paths(posts)}
        pages |= {path: staff.get(path).content.decode() for path in ("/desk/", "/desk/posts/new/")}
        for number, post in enumerate(posts):
            for name, end in (("form", ""), ("preview", "preview/staff/")):
                pages[f"{name} of {number}"] = staff.get(f"/desk/posts/{post.public_id}/{end}").content.decode()
    return pages


def pages_of(cast: Cast, texts: Sequence[str]) -> dict[str, str]:
    """The pages of these texts, fetched once."""
    if tuple(texts) not in _fetched:
        _fetched[tuple(texts)] = fetch(cast, texts)
    return _fetched[tuple(texts)]


def _raw_json(value: object) -> str:
    """Structured data as it must not be written."""
    return mark_safe(json.dumps(value))  # noqa: S308  (this is the fault)


def changed(plain: dict[str, str], hostile: dict[str, str]) -> list[str]:
    """Name the pages that have other elements or attributes with hostile texts than with plain ones."""
    assert plain.keys() == hostile.keys() and all(len(skeleton(page)) > 30 for page in plain.values())
    # In any order: lists of names are sorted by the very texts that differ.
    return [path for path in plain if Counter(skeleton(plain[path])) != Counter(skeleton(hostile[path]))]


@pytest.mark.parametrize("texts", BATCHES, ids=IDS)
def test_no_page_has_an_element_or_attribute_that_we_did_not_make(texts: list[str], cast: Cast) -> None:
    assert changed(pages_of(cast, [PLAIN] * len(texts)), pages_of(cast, texts)) == []


@pytest.mark.parametrize("texts", BATCHES, ids=IDS)
def test_no_page_has_a_handler_a_style_a_script_of_words_or_a_running_address(texts: list[str], cast: Cast) -> None:
    assert {path: found for path, page in pages_of(cast, texts).items() if (found := handlers(page))} == {}


@pytest.mark.parametrize("texts", BATCHES, ids=IDS)
def test_the_words_are_all_there_as_they_were_written(texts: list[str], cast: Cast) -> None:
    pages = pages_of(cast, texts)
    selectors = ("h1", ".opening .standfirst", ".kicker a", ".byline a", ".about", ".tags a", ".caption", ".credit")
    for number, text in enumerate(texts):
        page = pages[f"/n{number}/"]
        missing = [selector for selector in selectors if folded(text) not in words_of(page, selector)]
        assert missing == [], text
        assert words_of(page, ".text").count(MARK) >= 12
        assert folded(text) in words_of(pages[f"/tag/t{number}/"], "h1")
        assert folded(text) in words_of(pages[f"/author/a{number}/"], "h1")
        assert folded(text) in words_of(pages[f"form of {number}"], "textarea[name=standfirst]")
        assert folded(text) in words_of(pages[f"preview of {number}"], "h1")


@pytest.mark.parametrize("texts", BATCHES, ids=IDS)
def test_structured_data_is_json_that_cannot_end_its_element(texts: list[str], cast: Cast) -> None:
    for number, text in enumerate(texts):
        (told,) = linked_data(pages_of(cast, texts)[f"/n{number}/"])
        assert (told["headline"], told["description"], told["author"][0]["name"]) == (text, text, text)
        assert (told["articleSection"], told["publisher"]["name"]) == (text, texts[0])


@pytest.mark.parametrize("texts", BATCHES, ids=IDS)
def test_search_shows_hits_with_marks_and_nothing_else(texts: list[str], cast: Cast) -> None:
    with paper_of(cast, texts):
        html = client_of(None).get(f"/search/?q={MARK}").content.decode()
    assert handlers(html) == []
    hits = html[html.find("<ol class") : html.find("</ol>")]
    assert hits.count("<li>") >= 3
    assert {tag for tag, _ in skeleton(hits)} <= set("html head body ol li h2 a p mark time".split())


@pytest.mark.parametrize("forgets", ["node", "template", "structured data"])
def test_a_place_that_forgets_to_escape_is_found(forgets: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    loaders = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    if forgets == "node":
        monkeypatch.setattr(text_node, "escape", lambda words: words)
    elif forgets == "template":
        monkeypatch.setattr(template_base, "conditional_escape", str)
    else:
        monkeypatch.setitem(masthead_site.register.filters, "json_ld", _raw_json)
        _ = [loader.reset() for loader in loaders]
    hostile = fetch(cast, BATCHES[0][:3])
    monkeypatch.undo()
    _ = [loader.reset() for loader in loaders]
    found = changed(fetch(cast, [PLAIN] * 3), hostile)
    assert "/n0/" in found and handlers(hostile["/n0/"])
    assert ("/desk/" in found) is (forgets == "template")


def test_every_kind_of_text_is_looked_at() -> None:
    assert len({text for texts in BATCHES for text in texts}) >= 80 and len(BATCHES[0]) == A_PAPER
