"""Pieces that several cards are made of, for the web and for mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.content.document.escaping import absolute, attribute, escape

if TYPE_CHECKING:
    from masthead.content.document.node import Json
    from masthead.content.document.rendering import Page

# Behind a card in mail, where neither custom properties nor colour mixing work; pale enough for dark words.
MAIL_TONES = {
    "grey": "#f1f0ee", "white": "", "blue": "#e6eff8", "green": "#e5f3ea", "yellow": "#fbf3d9",
    "red": "#fae6e4", "pink": "#fae6f0", "purple": "#efe8f8", "accent": "#f5e8e8",
}  # fmt: skip
MAIL_INK, MAIL_PAPER = "#1b1917", "#ffffff"


def part(tag: str, name: str, words: str) -> str:
    """Write the words of an attribute as a part of its card; nothing for no words."""
    return f'<{tag} class="card-{name}">{escape(words)}</{tag}>' if words else ""


def body(node: Json, page: Page) -> str:
    """Write the blocks that a card holds."""
    inner = page.inside(node)
    return f'<div class="card-body">{inner}</div>' if inner else ""


def button(attrs: Json, page: Page) -> str:
    """Write a card's button; nothing for a card without one."""
    if not attrs["label"]:
        return ""
    href = escape(absolute(attrs["href"], page.base))
    return f'<p class="card-act"><a class="button card-label card-href" href="{href}">{escape(attrs["label"])}</a></p>'


def mail_button(attrs: Json, page: Page, *, align: str = "left") -> str:
    """Write a button for mail: a coloured cell, since padding on a link is lost in some programs."""
    if not attrs["label"]:
        return ""
    href = escape(absolute(attrs["href"], page.base))
    words = f'<a href="{href}"><font color="{MAIL_PAPER}"><strong>{escape(attrs["label"])}</strong></font></a>'
    return f'<table role="presentation" class="button" align="{align}" border="0" cellspacing="0" cellpadding="12"><tr><td bgcolor="{MAIL_INK}">{words}</td></tr></table><br clear="all">'


def mail_box(inner: str, css: str, *, tone: str = "grey", align: str = "left") -> str:
    """Put a card for mail into a table as wide as the text."""
    colour = attribute("bgcolor", MAIL_TONES[tone])
    start = f'<table role="presentation" class="{css}" width="100%" border="0" cellspacing="0" cellpadding="16">'
    return f'{start}<tr><td align="{align}"{colour}>{inner}</td></tr></table>'


def paragraph(words: str) -> str:
    """Write words as a paragraph; nothing for no words."""
    return f"<p>{escape(words)}</p>" if words else ""


def small(words: str) -> str:
    """Write words as small print; nothing for no words."""
    return f"<p><small>{escape(words)}</small></p>" if words else ""
