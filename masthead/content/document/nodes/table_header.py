"""A cell that heads a row or column."""

from masthead.content.document.cell import Cell


class TableHeader(Cell):
    name = "tableHeader"
    tag = "th"
