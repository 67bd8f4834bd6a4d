"""Text marked as italic."""

from masthead.content.document.node import Mark


class Italic(Mark):
    name = "italic"
    tag = "em"
    tags = ("em", "i")
    delimiter = "*"
