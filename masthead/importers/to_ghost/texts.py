"""A document in the forms in which Ghost keeps a post."""

import json
from typing import Any

from masthead.content.document import Document, has_cut, split_at_cut, to_text
from masthead.content.document.node import Json
from masthead.content.lexical import to_lexical
from masthead.content.lexical.settling import opened
from masthead.content.lexical.visibility import Audience
from masthead.content.lexical.writing import SEGMENT
from masthead.importers.to_ghost.uploads import HOME, Uploads

CUT = "<!--members-only-->"


def forms_of(document: Document, uploads: Uploads) -> dict[str, Any]:
    """Return the columns that hold the text: Lexical is what counts, the others follow from it at Ghost too."""
    return {
        "lexical": lexical_of(document, uploads),
        "mobiledoc": None,
        "html": html_of(document, uploads) or None,
        "plaintext": to_text(_for_all(document)) or None,
    }


def lexical_of(document: Document, uploads: Uploads) -> str:
    """Return the document as Lexical, in text."""
    return json.dumps(to_lexical(document, image=uploads.address, file=uploads.address, home=HOME), ensure_ascii=False)


def html_of(document: Document, uploads: Uploads) -> str:
    """Return the whole as HTML, with Ghost's marks where gated words begin and around parts for some readers."""
    if not has_cut(document):
        return _parts(document, uploads)
    split = split_at_cut(document)
    return _parts(split.opening, uploads) + CUT + _parts(split.body or Document.empty(), uploads)


def _for_all(document: Document) -> Document:
    """Return the document without what is for some readers only."""
    return Document.of([node for node in document.tree["content"] if opened(node)[0].is_everybody])


def _parts(document: Document, uploads: Uploads) -> str:
    out: list[str] = []
    open_to_all: list[Json] = []
    for node in document.tree["content"]:
        audience, inside = opened(node)
        if audience.is_everybody:
            open_to_all += inside
            continue
        out += [_html(open_to_all, uploads), _gated(audience, inside, uploads)]
        open_to_all = []
    return "".join([*out, _html(open_to_all, uploads)])


def _html(blocks: list[Json], uploads: Uploads) -> str:
    return uploads.html(Document.of(blocks)) if blocks else ""


def _gated(audience: Audience, blocks: list[Json], uploads: Uploads) -> str:
    """Write a part for some readers; one for mail alone is not on the page."""
    if not audience.web:
        return ""
    members = tuple(word for word in audience.web if word != "anyone")
    begin = f'nonMember:{str("anyone" in audience.web).lower()} memberSegment:"{SEGMENT[members]}"'
    return f"<!--kg-gated-block:begin {begin} -->{_html(blocks, uploads)}<!--kg-gated-block:end-->"
