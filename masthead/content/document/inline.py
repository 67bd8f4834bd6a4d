"""The class of nodes that hold a line of text."""

from __future__ import annotations

from masthead.content.document.node import Json, Node


class InlineHolder(Node):
    """A block whose content is text, breaks and footnotes; its plain text is one piece."""

    holds = ("inline",)

    def text(self, node: Json) -> str:
        return "".join(self._text_of(child) for child in node.get("content", []))

    def words(self, node: Json) -> str:
        """Its content as Markdown."""
        from masthead.content.document.markdown_text import inline_markdown

        return inline_markdown(node.get("content", []))
