"""Text marked as bold."""

from masthead.content.document.node import Mark


class Bold(Mark):
    name = "bold"
    tag = "strong"
    tags = ("strong", "b")
    delimiter = "**"
