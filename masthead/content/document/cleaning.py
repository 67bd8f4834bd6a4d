"""Cleaning HTML that people wrote: what is not on the list is taken out."""

import nh3
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document.escaping import absolute, is_safe_address

TAGS = frozenset(
    """a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 h4
    hr i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul
    var""".split()
)
ATTRIBUTES = {
    "*": {"title", "lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "ol": {"start"},
    "details": {"open"},
}
LARGEST_CARD = 200_000  # characters
DROPPED_WITH_CONTENT = {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "title"}


def clean_card(html: str, *, base: str = "") -> str:
    """Return HTML with only harmless elements, attributes and addresses; no class, id, style, form or picture.

    Pictures belong in figures, where they have alternative text and a credit.
    """

    def filtered(tag: str, name: str, value: str) -> str | None:
        if name != "href":
            return value
        return absolute(value, base) if is_safe_address(value) else None

    return nh3.clean(
        html[:LARGEST_CARD],
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        clean_content_tags=DROPPED_WITH_CONTENT,
        attribute_filter=filtered,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


def text_of_card(html: str) -> str:
    """Return the words of a card."""
    body = LexborHTMLParser(html).body
    return " ".join(body.text(separator=" ").split()) if body else ""
