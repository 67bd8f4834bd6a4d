"""Documents come back from Markdown and HTML as they were."""

import pytest
from hypothesis import HealthCheck, given, settings

from masthead.content.document import Document, from_html, from_markdown, to_html, to_markdown, to_text, without_cut
from tests.content.document.strategies import documents

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))


def check_markdown(document: Document) -> None:
    written = to_markdown(document)
    assert from_markdown(written).document == document, written


@QUICK
@given(documents())
def test_markdown_reads_back_as_the_same_document(document: Document) -> None:
    check_markdown(document)


@QUICK
@given(documents())
def test_canonical_form_is_stable_and_every_rendering_works(document: Document) -> None:
    assert Document.load(document.json) == document
    assert "\0" not in to_html(document) + to_text(document)


@QUICK
@given(documents())
def test_html_reads_back_with_the_same_words(document: Document) -> None:
    """The cut is written as nothing, and alternative text stands on the picture, which a fixture has not."""
    back = from_html(to_html(document)).document
    assert to_text(back).split() == to_text(without_cut(document)).split()


@pytest.mark.soak
@LONG
@given(documents())
def test_markdown_reads_back_in_twenty_thousand_documents(document: Document) -> None:
    check_markdown(document)
