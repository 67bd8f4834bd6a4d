"""Blocks that Markdown cannot hold, written as HTML in it."""

from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.document.nodes.audience import Audience
from masthead.content.document.picture_html import caption_html, linked, size_class
from masthead.content.document.rendering import Page


class _MarkdownPage(Page):
    """A page that writes footnotes where they stand, and no blank line, which would end the HTML block."""

    def write(self, node: Json) -> str:
        if node["type"] == "footnote":
            return f'<span class="note">{self.inside(node)}</span>'
        if node["type"] == "audience":
            return Audience().wrapped(node, self.inside(node))
        if node["type"] == "cut":
            return '<hr class="cut">'
        if node["type"] == "figure":
            return self._figure(node)
        return super().write(node)

    def _figure(self, node: Json) -> str:
        attrs = node["attrs"]
        image = f'<img src="media:{attrs["media"]}" alt="{escape(attrs["alt"])}">'
        shown = linked(image, attrs, self)
        return f"<figure{size_class(attrs)}>{shown}{caption_html(self.inside(node), attrs['credit'])}</figure>"


def as_html(node: Json) -> str:
    """Write a block as HTML without a line break in it."""
    return _MarkdownPage().write(node).replace("\n", "&#10;")
