"""A table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


class Table(Node):
    name = "table"
    holds = ("tableRow",)
    drop_empty = True
    tags = ("table",)

    def html(self, node: Json, page: Page) -> str:
        rows = node["content"]
        head, rest = (rows[:1], rows[1:]) if _is_head(rows[0]) and len(rows) > 1 else ([], rows)
        thead = f"<thead>{''.join(map(page.write, head))}</thead>" if head else ""
        table = f"<table>{thead}<tbody>{''.join(map(page.write, rest))}</tbody></table>"
        # Wide tables scroll inside a region that the keyboard can reach.
        return f'<div class="table" role="region" tabindex="0" aria-label="{_name(node)}">{table}</div>'

    def mail(self, node: Json, page: Page) -> str:
        return f'<table border="1" cellpadding="6" cellspacing="0">{page.inside(node)}</table>'

    def text(self, node: Json) -> str:
        return "\n".join(self._text_of(row) for row in node["content"])

    def markdown(self, node: Json) -> str:
        rows = node["content"]
        if not _is_plain(rows):
            from masthead.content.document.markdown_html import as_html

            return as_html(node)
        head, *rest = [_line(row) for row in rows]
        return "\n".join([head, "|" + " --- |" * len(rows[0]["content"]), *rest])

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        return [{"type": self.name, "content": builder.rows(element)}]


def _name(node: Json) -> str:
    """Name the region by its first cell, which is what a screen reader would read first."""
    from masthead.content.document.escaping import escape
    from masthead.content.document.rendering import plain

    first = node["content"][0]["content"][0]
    return escape(" ".join(plain(first).split())[:80] or "–")


def _is_head(row: Json) -> bool:
    return all(cell["type"] == "tableHeader" for cell in row["content"])


def _is_plain(rows: list[Json]) -> bool:
    """Whether Markdown's pipes can hold it: a head, equal rows, one paragraph a cell, nothing spanning."""
    cells = [cell for row in rows for cell in row["content"]]
    return (
        _is_head(rows[0])
        and not any(cell["type"] == "tableHeader" for row in rows[1:] for cell in row["content"])
        and len({len(row["content"]) for row in rows}) == 1
        and all(cell["attrs"]["colspan"] == cell["attrs"]["rowspan"] == 1 for cell in cells)
        and all(len(cell["content"]) == 1 and cell["content"][0]["type"] == "paragraph" for cell in cells)
        and all(child["type"] == "text" for cell in cells for child in cell["content"][0].get("content", []))
    )


def _line(row: Json) -> str:
    from masthead.content.document.markdown_text import inline_markdown

    cells = (inline_markdown(cell["content"][0].get("content", [])) for cell in row["content"])
    return "| " + " | ".join(cells) + " |"
