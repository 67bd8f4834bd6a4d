"""A whole post as Ghost's HTML: what is for some readers only stays marked, so that sending it back opens nothing."""

from collections.abc import Mapping

from django.conf import settings

from masthead.content.document import Attached, Document, Picture, has_cut, split_at_cut, to_html
from masthead.content.document.node import Json

CUT = "<!--members-only-->"
SEGMENTS = {"free": "status:free", "paid": "status:-free"}


def whole_html(document: Document, pictures: Mapping[str, Picture], files: Mapping[str, Attached]) -> str:
    """Write a document with the marks of its cut and of its parts for some readers, as Ghost stores them."""
    if not has_cut(document):
        return _html(document.tree["content"], pictures, files)
    split = split_at_cut(document)
    above = _html(split.opening.tree["content"], pictures, files)
    below = _html(split.body.tree["content"], pictures, files) if split.body else ""
    return above + CUT + below


def _html(nodes: list[Json], pictures: Mapping[str, Picture], files: Mapping[str, Attached]) -> str:
    out: list[str] = []
    run: list[Json] = []
    for node in [*nodes, None]:
        if node is not None and node["type"] != "audience":
            run.append(node)
            continue
        if run:
            out.append(to_html(Document.of(run), pictures=pictures, files=files, base=settings.ADDRESS))
            run = []
        if node is not None:
            out.append(_gated(node, _html(node["content"], pictures, files)))
    return "".join(out)


def _gated(node: Json, inner: str) -> str:
    web = node["attrs"]["web"]
    segment = ",".join(SEGMENTS[word] for word in web if word in SEGMENTS)
    nobody = "true" if "anyone" in web else "false"
    begin = f'<!--kg-gated-block:begin nonMember:{nobody} memberSegment:"{segment}" -->'
    return f"{begin}{inner}<!--kg-gated-block:end-->"
