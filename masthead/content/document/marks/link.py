"""Text that leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from masthead.content.document.escaping import absolute, escape, is_safe_address
from masthead.content.document.node import Attr, Json, Mark

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page


def check_address(value: Any) -> str | None:
    """Refuse an address that a link may not have."""
    if isinstance(value, str) and is_safe_address(value):
        return None
    return "must be an address that starts with https://, http://, mailto:, tel:, / or #"


class Link(Mark):
    name = "link"
    tag = "a"
    tags = ("a",)
    attrs = {"href": Attr(None, check_address)}

    def html(self, mark: Json, inner: str, page: Page | None) -> str:
        href = mark["attrs"]["href"]
        return f'<a href="{escape(absolute(href, page.base if page else ""))}">{inner}</a>'

    def parse(self, element: LexborNode, builder: Builder) -> Json | None:
        href = (element.attributes.get("href") or "").strip()
        if is_safe_address(href):
            return {"type": "link", "attrs": {"href": href}}
        if href:
            builder.problem(f"the link to “{href[:80]}” was left out: that is no address a link may have")
        return None
