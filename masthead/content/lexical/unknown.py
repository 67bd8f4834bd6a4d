"""Cards that are not known here: their words are kept as HTML."""

import re
from typing import Any

from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.lexical.addresses import is_web
from masthead.content.lexical.fields import SILENT, Fields, as_text
from masthead.content.lexical.fragments import led_html
from masthead.content.lexical.notebook import Notebook

NO_WORDS = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z0-9_.:-]{0,12}|[0-9a-f-]{24,36}")  # colours, choices and ids
MOST_TEXTS = 1000


def unknown(fields: Fields, note: Notebook) -> list[Json]:
    """Keep what text can be found in a card, and name the card and its fields."""
    kind = fields.text("type") or "card without a name"
    names = ", ".join(str(name)[:30] for name in list(fields.node)[:20] if name not in ("type", "version"))
    html = "".join(_paragraph(text, note) for text in texts_in(fields.node))
    kept = "its words were kept as HTML" if html else "it had no words to keep and was left out"
    note.problem(f"there is no “{kind[:40]}” card here; {kept} ({names or 'no fields'})")
    return [{"type": "htmlCard", "attrs": {"html": html}}] if html else []


def texts_in(value: Any) -> list[str]:
    """Return the texts of any value that look like words, addresses or HTML, in order."""
    found: list[str] = []
    waiting = [value]
    while waiting and len(found) < MOST_TEXTS:
        here = waiting.pop()
        if isinstance(here, dict):
            waiting += [item for name, item in reversed(here.items()) if name not in SILENT]
        elif isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, str) and not NO_WORDS.fullmatch(here):
            found.append(as_text(here))
    return found


def _paragraph(text: str, note: Notebook) -> str:
    if "<" in text:
        return led_html(text, note)
    if is_web(text) or text.startswith(("__GHOST_URL__", "/")):
        address = note.address(text)
        return f'<p><a href="{escape(address)}">{escape(address)}</a></p>' if address else ""
    return f"<p>{escape(text)}</p>"
