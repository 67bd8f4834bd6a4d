"""Until the document has its audience node, one like it stands in."""

from typing import ClassVar

from masthead.content.document.markdown_html import as_html
from masthead.content.document.node import Attr, Json, Node, is_whole_number
from masthead.content.document.rendering import Page
from masthead.content.document.schema import NODES, register


class Audience(Node):
    """What the tests need of it."""

    name = "audience"
    holds = ("block",)
    needs = "paragraph"
    attrs: ClassVar[dict[str, Attr]] = {
        "web": Attr([], lambda value: None if isinstance(value, list) else "must be a list"),
        "mail": Attr([], lambda value: None if isinstance(value, list) else "must be a list"),
        "number": Attr(0, is_whole_number(0, 100_000)),
    }

    def html(self, node: Json, page: Page) -> str:
        return page.inside(node)

    def markdown(self, node: Json) -> str:
        return as_html(node)


if "audience" not in NODES:
    register(Audience)
