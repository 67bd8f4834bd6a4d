"""Writing documents for the web, mail, plain text and Markdown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from masthead.content.document.attached import Attached
from masthead.content.document.document import Document
from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.document.picture import Picture
from masthead.content.document.schema import MARKS, NODES


@dataclass
class Page:
    """One rendering: what it knows of pictures, files and addresses, and the notes and anchors it has given out so far."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    files: Mapping[str, Attached] = field(default_factory=dict)
    base: str = ""
    is_mail: bool = False
    notes: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    stems: dict[str, int] = field(default_factory=dict)  # the last number behind each
    level: int = 1  # of the last heading; the page's own title is the first

    def write(self, node: Json) -> str:
        """Write one node with everything in it."""
        kind = NODES[node["type"]]
        return kind.mail(node, self) if self.is_mail else kind.html(node, self)

    def inside(self, node: Json) -> str:
        """Write everything in a node."""
        return "".join(self.write(child) for child in node.get("content", []))

    def marked(self, text: str, marks: Iterable[Json]) -> str:
        """Wrap escaped text in its marks, the first outermost."""
        for mark in reversed(list(marks)):
            text = MARKS[mark["type"]].html(mark, text, self)
        return text

    def anchor(self, text: str) -> str:
        """Give an id that is not taken on this page yet, made from a heading's text."""
        stem = slugify(text)[:60].strip("-") or "section"
        anchor, number = stem, self.stems.get(stem, 1)
        while anchor in self.anchors:
            number += 1
            anchor = f"{stem}-{number}"
        self.stems[stem] = number
        self.anchors.add(anchor)
        return anchor

    def title(self, words: str, css: str) -> str:
        """Write a card's title as a heading below the last one of the text; nothing for no words."""
        level = min(self.level + 1, 4)
        return f'<h{level} class="{css}">{escape(words)}</h{level}>' if words else ""

    def note(self, inner: str) -> int:
        """Keep a footnote for the end of the page and return its number."""
        self.notes.append(inner)
        return len(self.notes)

    def endnotes(self) -> str:
        """Write the notes that were kept."""
        if not self.notes:
            return ""
        items = "".join(
            f'<li id="note-{number}">{inner} <a href="#note-ref-{number}" role="doc-backlink" aria-label="↑ {number}">↩</a></li>'
            for number, inner in enumerate(self.notes, 1)
        )
        return f'<section class="endnotes" role="doc-endnotes"><ol>{items}</ol></section>'


def to_html(
    document: Document,
    *,
    pictures: Mapping[str, Picture] | None = None,
    files: Mapping[str, Attached] | None = None,
    base: str = "",
) -> SafeString:
    """Write for the web. With `base`, such as https://paper.example, addresses of this site become absolute."""
    page = Page(pictures=pictures or {}, files=files or {}, base=base)
    return mark_safe(page.inside(document.tree) + page.endnotes())  # noqa: S308  (every node escapes its text)


def to_mail(
    document: Document,
    *,
    pictures: Mapping[str, Picture] | None = None,
    files: Mapping[str, Attached] | None = None,
    base: str,
) -> SafeString:
    """Write for mail, with absolute addresses and the simpler elements that mail programs understand."""
    page = Page(pictures=pictures or {}, files=files or {}, base=base, is_mail=True)
    return mark_safe(page.inside(document.tree) + page.endnotes())  # noqa: S308  (every node escapes its text)


def to_text(document: Document) -> str:
    """Write as plain text, with captions, table cells and footnotes."""
    return NODES["doc"].text(document.tree)


def to_markdown(document: Document) -> str:
    """Write as Markdown that `from_markdown` reads back as the same document."""
    return NODES["doc"].markdown(document.tree)


def plain(node: Json) -> str:
    """Return a node's plain text."""
    return NODES[node["type"]].text(node)
