"""A list with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.node import Attr, Json, Node, is_whole_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

LARGEST_START = 99_999_999


class OrderedList(Node):
    name = "orderedList"
    holds = ("listItem",)
    attrs = {"start": Attr(1, is_whole_number(0, LARGEST_START))}
    drop_empty = True
    tags = ("ol",)

    def html(self, node: Json, page: Page) -> str:
        start = node["attrs"]["start"]
        begins = f' start="{start}"' if start != 1 else ""
        return f"<ol{begins}>{page.inside(node)}</ol>"

    def text(self, node: Json) -> str:
        start = node["attrs"]["start"]
        return "\n".join(f"{start + place}. {self._text_of(item)}" for place, item in enumerate(node["content"]))

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_blocks import blocks_markdown, hanging

        start = node["attrs"]["start"]
        return "\n".join(
            hanging(blocks_markdown(item["content"]), f"{start + place}. ")
            for place, item in enumerate(node["content"])
        )

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        start = element.attributes.get("start") or "1"
        number = int(start) if start.isdecimal() and len(start) < 9 else 1
        return [{"type": self.name, "attrs": {"start": number}, "content": builder.items(element)}]
