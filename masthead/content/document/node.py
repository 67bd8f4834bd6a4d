"""What a node and a mark are: the class that each file in nodes/ and marks/ fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

Json = dict[str, Any]
Check = Callable[[Any], str | None]  # what is wrong with a value, or None


@dataclass(frozen=True, slots=True)
class Attr:
    """An attribute of a node: its default, and a check that says what is wrong with a value."""

    default: Any
    check: Check


class Node:
    """One kind of node: what it may hold, and how it is written for the web, mail, plain text and Markdown."""

    name: ClassVar[str]
    group: ClassVar[str] = "block"  # "block", "inline", or "" for a part of something else
    holds: ClassVar[tuple[str, ...]] = ()  # groups and names of what it may hold
    refuses: ClassVar[tuple[str, ...]] = ()  # names of what may not stand in it, however deep
    attrs: ClassVar[dict[str, Attr]] = {}
    marks: ClassVar[bool] = True  # whether its text may be marked
    needs: ClassVar[str] = ""  # what an empty one is filled with; "" and drop_empty: it is left out
    drop_empty: ClassVar[bool] = False
    tags: ClassVar[tuple[str, ...]] = ()  # HTML elements that are read as this node
    css: ClassVar[str] = ""  # the class that makes them this node: such a kind is asked before those without one

    def html(self, node: Json, page: Page) -> str:
        """Write it for the web; everything that is text is escaped in here."""
        raise NotImplementedError(self.name)

    def mail(self, node: Json, page: Page) -> str:
        """Write it for mail; as on the web where nothing else is needed."""
        return self.html(node, page)

    def text(self, node: Json) -> str:
        """Write it as plain text."""
        return "\n\n".join(filter(None, (self._text_of(child) for child in node.get("content", []))))

    def markdown(self, node: Json) -> str:
        """Write it as Markdown that reads back as the same node."""
        raise NotImplementedError(self.name)

    def cleaned(self, node: Json) -> Json:
        """Bring one that passed validation into its one canonical form."""
        return node

    def is_empty(self, node: Json) -> bool:
        """Say whether one in canonical form is left out of what holds it."""
        return self.drop_empty and not node.get("content")

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        """Read an HTML element of `tags` as nodes; None if it is something else after all."""
        return None

    @staticmethod
    def _text_of(node: Json) -> str:
        from masthead.content.document.schema import NODES

        return NODES[node["type"]].text(node)


class Mark:
    """One kind of mark on text."""

    name: ClassVar[str]
    attrs: ClassVar[dict[str, Attr]] = {}
    tag: ClassVar[str]  # the element that it is written as
    tags: ClassVar[tuple[str, ...]] = ()  # HTML elements that are read as this mark
    delimiter: ClassVar[str] = ""  # of Markdown; empty: written as an HTML element there

    def html(self, mark: Json, inner: str, page: Page | None) -> str:
        """Wrap text that is written already."""
        return f"<{self.tag}>{inner}</{self.tag}>"

    def parse(self, element: LexborNode, builder: Builder) -> Json | None:
        """Read an element of `tags` as this mark; None drops the mark and keeps the text."""
        return {"type": self.name}


def walk_nodes(node: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield (path, node) for a node and everything below it, in reading order."""
    yield path, node
    for place, child in enumerate(node.get("content", [])):
        yield from walk_nodes(child, f"{path}{'.' if path else ''}content[{place}]")


def is_text(value: Any) -> str | None:
    """Accept any text."""
    return None if isinstance(value, str) else "must be text"


def is_whole_number(least: int, most: int) -> Check:
    """Accept whole numbers from `least` to `most`."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if fits else f"must be a whole number from {least} to {most}"

    return check
