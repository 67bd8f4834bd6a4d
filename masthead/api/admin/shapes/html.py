"""A whole post as Ghost's HTML: what is for some readers only stays marked, so that sending it back opens nothing."""

from collections.abc import Mapping

from django.conf import settings

from masthead.content.document import Attached, Document, Picture, has_cut, split_at_cut
from masthead.content.document.node import Json
from masthead.content.document.nodes.audience import Audience
from masthead.content.document.rendering import Page

CUT = "<!--members-only-->"
SEGMENTS = {"free": "status:free", "paid": "status:-free"}


class _Marked(Page):
    """A page on which a part for some readers keeps its own mark, wherever it stands."""

    def write(self, node: Json) -> str:
        if node["type"] == "audience":
            return Audience().wrapped(node, self.inside(node))
        return super().write(node)


def whole_html(document: Document, pictures: Mapping[str, Picture], files: Mapping[str, Attached]) -> str:
    """Write a document with the marks of its cut and of its parts for some readers, as Ghost stores them.

    Ghost's comments hold no part within another block or another part, and say nothing of mail: such a part has the
    mark of our own documents.
    """
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
        if node is not None and not _has_comment(node):
            run.append(node)
            continue
        if run:
            out.append(_written(run, pictures, files))
            run = []
        if node is not None:
            out.append(_gated(node, _written(node["content"], pictures, files)))
    return "".join(out)


def _written(nodes: list[Json], pictures: Mapping[str, Picture], files: Mapping[str, Attached]) -> str:
    page = _Marked(pictures=pictures, files=files, base=settings.ADDRESS)
    return page.inside({"type": "doc", "content": nodes}) + page.endnotes()


def _has_comment(node: Json) -> bool:
    """Say whether Ghost's comment can say who gets a part: by mail whoever of its members sees it on the web."""
    return node["type"] == "audience" and [w for w in node["attrs"]["web"] if w in SEGMENTS] == list(
        node["attrs"]["mail"]
    )


def _gated(node: Json, inner: str) -> str:
    web = node["attrs"]["web"]
    segment = ",".join(SEGMENTS[word] for word in web if word in SEGMENTS)
    nobody = "true" if "anyone" in web else "false"
    begin = f'<!--kg-gated-block:begin nonMember:{nobody} memberSegment:"{segment}" -->'
    return f"{begin}{inner}<!--kg-gated-block:end-->"
