"""Text marked as subscript."""

from masthead.content.document.node import Mark


class Subscript(Mark):
    name = "subscript"
    tag = "sub"
    tags = ("sub",)
