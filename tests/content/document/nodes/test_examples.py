"""Each example is written as it says, and reads back as the same nodes."""

import pytest

from masthead.content.document import Document, from_html, from_markdown, to_html, to_mail, to_markdown, to_text
from masthead.content.document.nodes import paragraph, text
from masthead.content.document.schema import MARKS, NODES
from tests.content.document.nodes.examples import ADDRESS, FILES, PICTURES, Example, load, names_in

EXAMPLES = load()


def faults(example: Example) -> list[str]:
    """Name every way in which the example does not do what it says."""
    document = example.document
    expected = {
        "json": document.json["content"] == example.blocks,
        "html": to_html(document, pictures=PICTURES, files=FILES) == example.html,
        "mail": to_mail(document, pictures=PICTURES, files=FILES, base=ADDRESS) == example.mail,
        "text": to_text(document) == example.text,
        "markdown": to_markdown(document) == example.markdown,
        "back from html": from_html(example.html).document == Document.of(example.back or example.blocks),
        "back from markdown": from_markdown(example.markdown).document == document,
        "back without a word": not from_html(example.html).problems + from_markdown(example.markdown).problems,
    }
    return [name for name, is_right in expected.items() if not is_right]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_written_and_read_back_as_it_says(example: Example) -> None:
    assert faults(example) == []


def test_every_node_and_mark_has_an_example() -> None:
    """Adding one without an example fails here."""
    assert set(NODES) | set(MARKS) == names_in(EXAMPLES)


def test_a_node_that_forgets_to_escape_and_one_without_an_example_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = next(example for example in EXAMPLES if "signs that HTML" in example.name)
    monkeypatch.setattr(text, "escape", lambda words: words)
    assert {"html", "mail"} <= set(faults(signs))
    monkeypatch.undo()
    monkeypatch.setitem(NODES, "wall", paragraph.Paragraph())
    assert set(NODES) | set(MARKS) != names_in(EXAMPLES)
