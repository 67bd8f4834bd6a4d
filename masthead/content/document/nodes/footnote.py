"""A footnote: it stands in the line it belongs to, so that it always goes where its reference goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.inline import InlineHolder
from masthead.content.document.node import Json

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Footnote(InlineHolder):
    name = "footnote"
    group = "inline"
    holds = ("text",)
    drop_empty = True
    tags = ("sup", "span")

    def html(self, node: Json, page: Page) -> str:
        number = page.note(page.inside(node))
        return (
            f'<sup class="note" id="note-ref-{number}"><a href="#note-{number}" role="doc-noteref">{number}</a></sup>'
        )

    def text(self, node: Json) -> str:
        return f" [{super().text(node)}]"

    def markdown(self, node: Json) -> str:
        return f'<span class="note">{self.words(node)}</span>' if _is_intricate(node) else f"^[{self.words(node)}]"

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        kind = (element.attributes.get("class") or "").split()
        if "note" not in kind:
            return None
        if element.tag == "sup":
            return builder.noted(element)
        return [{"type": self.name, "content": builder.line(element)}]


def _is_intricate(node: Json) -> bool:
    """Whether its text has what could close the note's bracket early."""
    return any(set(child["text"]) & set("[]`\\") or child.get("marks") for child in node.get("content", []))
