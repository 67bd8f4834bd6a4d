"""Documents that were stored by earlier releases go on rendering as they did."""

import json
from pathlib import Path

import pytest

from masthead.content.document import Document, to_html, to_mail, to_markdown, to_text
from masthead.content.document.schema import MARKS, NODES

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("schema-*/*.json"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_frozen_document_renders_as_it_did(path: Path) -> None:
    document = Document.load(json.loads(path.read_text(encoding="utf-8")))
    assert str(to_html(document)) == path.with_suffix(".html").read_text(encoding="utf-8")
    assert to_text(document) == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert to_markdown(document) and to_mail(document, base="https://paper.example")


def test_every_node_and_mark_is_in_a_frozen_document() -> None:
    stored = "".join(path.read_text(encoding="utf-8") for path in FIXTURES)
    assert [name for name in [*NODES, *MARKS] if f'"{name}"' not in stored] == []
