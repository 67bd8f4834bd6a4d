"""Text marked as code."""

from masthead.content.document.node import Mark


class Code(Mark):
    name = "code"
    tag = "code"
    tags = ("code", "tt", "kbd", "samp")
