"""Documents come back from Lexical as they were, and Ghost's own Lexical is stable after one reading."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from masthead.content.document import Document, has_cut, to_text
from masthead.content.document.node import walk_nodes
from masthead.content.lexical import from_lexical, to_lexical
from tests.content.document.strategies import documents
from tests.content.lexical.cards import papers
from tests.content.lexical.sample import WHOLE
from tests.content.lexical.site import read, written

Json = dict[str, Any]
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))


def through_ghost(document: Document) -> Document:
    """Write a document as Lexical text and read it back."""
    lexical = to_lexical(document, image=lambda token: f"/images/{token}.jpg", file=lambda token: f"/files/{token}.bin")
    text = json.dumps(lexical)
    return from_lexical(text, images=_token, files=_token).document


def _token(address: str) -> str | None:
    return address.rpartition("/")[2].partition(".")[0]


def all_words(document: Document) -> list[str]:
    """Return its words in order; the bullets and numbers of its lists are none."""
    return [word for word in to_text(document).split() if any(map(str.isalpha, word))]


def check(document: Document) -> None:
    assert through_ghost(document) == document


@QUICK
@given(papers())
def test_a_document_comes_back_from_lexical_as_it_was(document: Document) -> None:
    check(document)


@QUICK
@given(documents())
def test_no_word_is_lost_wherever_the_cut_stands_and_nothing_moves_above_it(document: Document) -> None:
    back = through_ghost(document)
    assert all_words(back) == all_words(document)
    assert has_cut(back) is has_cut(document)
    cuts = [path for path, node in walk_nodes(back.tree) if node["type"] == "cut"]
    assert len(cuts) <= 1 and all(path.count("content") == 1 for path in cuts)


@pytest.mark.soak
@LONG
@given(papers())
def test_ten_thousand_documents_come_back_as_they_were(document: Document) -> None:
    check(document)


def test_lexical_of_ghosts_is_the_same_after_every_further_reading() -> None:
    first = written(read(json.dumps(WHOLE)))
    second = written(read(json.dumps(first)))
    assert first == second and len(first["root"]["children"]) > 30
