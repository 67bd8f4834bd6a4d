"""The class of table cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from masthead.content.document.node import Attr, Json, Node, is_whole_number

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page


class Cell(Node):
    """A cell holds blocks; a single paragraph is written without its tags."""

    group = ""
    holds = ("block",)
    attrs = {"colspan": Attr(1, is_whole_number(1, 100)), "rowspan": Attr(1, is_whole_number(1, 1000))}
    needs = "paragraph"
    tag: ClassVar[str]

    def html(self, node: Json, page: Page) -> str:
        content = node["content"]
        single = len(content) == 1 and content[0]["type"] == "paragraph"
        inner = page.inside(content[0]) if single else page.inside(node)
        spans = "".join(f' {name}="{value}"' for name, value in node["attrs"].items() if value != 1)
        return f"<{self.tag}{spans}>{inner}</{self.tag}>"
