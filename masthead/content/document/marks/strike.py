"""Text marked as strike."""

from masthead.content.document.node import Mark


class Strike(Mark):
    name = "strike"
    tag = "s"
    tags = ("s", "del", "strike")
    delimiter = "~~"
