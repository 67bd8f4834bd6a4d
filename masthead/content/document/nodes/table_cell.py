"""A cell of a table."""

from masthead.content.document.cell import Cell


class TableCell(Cell):
    name = "tableCell"
    tag = "td"
