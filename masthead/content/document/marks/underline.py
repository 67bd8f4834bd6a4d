"""Text marked as underlined."""

from masthead.content.document.node import Mark


class Underline(Mark):
    name = "underline"
    tag = "u"
    tags = ("u",)
