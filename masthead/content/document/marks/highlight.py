"""Text marked as with a marker pen."""

from masthead.content.document.node import Mark


class Highlight(Mark):
    name = "highlight"
    tag = "mark"
    tags = ("mark",)
