"""Adding a node means adding one file: boxed.py is found, checked, written and read like the others."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from masthead.content.document import (
    Document,
    DocumentError,
    from_html,
    from_markdown,
    nodes,
    register,
    to_html,
    to_mail,
    to_markdown,
    to_text,
)
from masthead.content.document.node import Node
from masthead.content.document.schema import NODES, _discover

BLOCK: dict[str, Any] = {
    "type": "boxed",
    "attrs": {"label": 'Who "they" are'},
    "content": [{"type": "text", "text": "The 5 < 6 of the quay", "marks": [{"type": "bold"}]}],
}
HTML = '<section class="boxed" title="Who &quot;they&quot; are"><strong>The 5 &lt; 6 of the quay</strong></section>'


@pytest.fixture
def _added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the file into a folder of nodes, let it be found as at a start, and take it away again."""
    copy(Path(__file__).parent / "boxed.py", tmp_path / "boxed.py")
    monkeypatch.setattr(nodes, "__path__", [str(tmp_path)])
    _discover(nodes, Node)
    yield
    NODES.pop("boxed")
    sys.modules.pop("masthead.content.document.nodes.boxed")


def test_without_the_file_there_is_no_such_node() -> None:
    with pytest.raises(DocumentError, match="there is no node of the type 'boxed'"):
        Document.of([BLOCK])


@pytest.mark.usefixtures("_added")
def test_a_file_adds_a_node_that_is_checked_written_and_read_back() -> None:
    document = Document.of([BLOCK])
    assert to_html(document) == to_mail(document, base="https://paper.example") == HTML
    assert to_text(document) == "The 5 < 6 of the quay"
    assert from_html(HTML).document == document
    assert from_markdown(to_markdown(document)).document == document
    within = Document.of([{"type": "blockquote", "content": [BLOCK]}])
    assert from_markdown(to_markdown(within)).document == within


@pytest.mark.usefixtures("_added")
def test_what_is_wrong_with_it_is_said_with_its_place() -> None:
    for wrong, words in (
        ({"attrs": {"label": 7}}, "label must be text"),
        ({"content": [BLOCK]}, "a boxed may hold only"),
    ):
        with pytest.raises(DocumentError) as raised:
            Document.of([BLOCK | wrong])
        assert words in str(raised.value) and "content[0]" in str(raised.value)


@pytest.mark.usefixtures("_added")
def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(ValueError, match="There is a boxed already; choose another name"):
        register(type(NODES["boxed"]))
