"""A part of a post that is for some readers only, on the web, in mail, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from masthead.content.document.escaping import escape
from masthead.content.document.node import Attr, Check, Json, Node, is_whole_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

WEB = ("anyone", "free", "paid")
MAIL = ("free", "paid")


def some_of(words: tuple[str, ...]) -> Check:
    """Accept a list of these words."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, list) and all(isinstance(word, str) and word in words for word in value)
        return None if fits else f"must be a list of {', '.join(words)}"

    return check


class Audience(Node):
    """At publishing its content goes into a sealed table, and `number` says which row; elsewhere it is 0."""

    name = "audience"
    holds = ("block",)
    needs = "paragraph"
    attrs = {
        "web": Attr([], some_of(WEB)),
        "mail": Attr([], some_of(MAIL)),
        "number": Attr(0, is_whole_number(0, 100_000)),
    }
    tags = ("div",)

    def html(self, node: Json, page: Page) -> str:
        return page.inside(node)

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_html import as_html

        return as_html(node)

    def wrapped(self, node: Json, inner: str) -> str:
        """Write it with what it says of its readers, for Markdown."""
        web, mail = (escape(" ".join(node["attrs"][name])) for name in ("web", "mail"))
        return f'<div class="audience" data-web="{web}" data-mail="{mail}">{inner}</div>'

    def cleaned(self, node: Json) -> Json:
        attrs = node["attrs"]
        web, mail = ([word for word in words if word in attrs[name]] for name, words in (("web", WEB), ("mail", MAIL)))
        return node | {"attrs": {"web": web, "mail": mail, "number": attrs["number"]}}

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        if "audience" not in (element.attributes.get("class") or "").split():
            return None
        said = {name: (element.attributes.get(f"data-{name}") or "").split() for name in ("web", "mail")}
        attrs = {name: [w for w in said[name] if w in words] for name, words in (("web", WEB), ("mail", MAIL))}
        return [{"type": self.name, "attrs": attrs, "content": builder.blocks(element)}]
