"""Text marked as superscript."""

from masthead.content.document.node import Mark


class Superscript(Mark):
    name = "superscript"
    tag = "sup"
    tags = ("sup",)
