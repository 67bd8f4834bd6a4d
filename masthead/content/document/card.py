"""The class of cards: blocks that are read back from an element with a class of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from masthead.content.document.escaping import escape, speakable
from masthead.content.document.node import Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

LAST = ("label", "caption")  # words that stand below what a card holds
ADDRESSES = ("href", "url")


class Card(Node):
    """A block that is written as one element of the class `css`.

    An attribute named in `shown` stands in it as words, in a part of the class `card-NAME` (an address: as that
    part's link); every other one that is not its default stands on the element as `data-NAME`. What the card holds
    stands in the part `card-body`. So `cards.read_card` reads every card the same way.
    """

    tags = ("div",)
    refuses = ("cut",)
    shown: ClassVar[tuple[str, ...]] = ()

    def html(self, node: Json, page: Page) -> str:
        tag = self.tags[0]
        return f'<{tag} class="{self.css}"{self._hidden(node["attrs"])}>{self.web(node, page)}</{tag}>'

    def web(self, node: Json, page: Page) -> str:
        """Write what stands in the element on the web."""
        raise NotImplementedError(self.name)

    def text(self, node: Json) -> str:
        attrs = node["attrs"]
        first = [attrs[name] for name in self.shown if name not in (*LAST, *ADDRESSES)]
        last = [attrs[name] for name in self.shown if name in LAST]
        between = "\n\n" if "block" in self.holds else "\n"
        return between.join(filter(None, (*first, self.held(node), *last)))

    def held(self, node: Json) -> str:
        """Return the plain text of what it holds."""
        return super().text(node) if self.holds else ""

    def markdown(self, node: Json) -> str:
        from masthead.content.document.markdown_html import as_html

        return as_html(node)

    def cleaned(self, node: Json) -> Json:
        attrs = {name: _folded(value) for name, value in node["attrs"].items()}
        if "label" in attrs and "href" in attrs and not (attrs["label"] and attrs["href"]):
            attrs |= {"label": "", "href": ""}  # a button without words or without an address is none
        return node | {"attrs": attrs}

    def is_empty(self, node: Json) -> bool:
        return not node.get("content") and not any(node["attrs"][name] for name in self.shown if name != "caption")

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        from masthead.content.document.cards import read_card

        return read_card(self, element, builder)

    def _hidden(self, attrs: Json) -> str:
        kept = ((name, attrs[name]) for name in self.attrs if name not in self.shown)
        return "".join(
            f' data-{name.replace("_", "-")}="{escape(_written(value))}"'
            for name, value in kept
            if value != self.attrs[name].default
        )


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(filter(None, (" ".join(speakable(name).split()) for name in value))))
    return " ".join(value.split()) if isinstance(value, str) else value


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
