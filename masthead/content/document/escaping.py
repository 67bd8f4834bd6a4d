"""Escaping for HTML, and addresses that a link may have."""

import html
import re
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_ADDRESS = 2000  # characters
NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\\<>\"`]")
# Characters that XML, SQLite or UTF-8 cannot hold: controls other than tab and newline, lone surrogates, non-characters.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def escape(text: str) -> str:
    """Escape text for HTML, in content and in quoted attributes."""
    return html.escape(text, quote=True)


def speakable(text: str) -> str:
    """Replace what cannot be stored or sent with the replacement character."""
    return UNSPEAKABLE.sub("\ufffd", text)


def is_safe_address(address: str) -> bool:
    """Say whether a link may lead there: http, https, mailto, tel, a path of this site, or a place on the page.

    Everything else is refused, in any spelling: control characters, blanks, backslashes, `//host`.
    """
    if not address or len(address) > LONGEST_ADDRESS or NOT_IN_ADDRESS.search(address):
        return False
    if address.startswith(("/", "#", "?")):
        return not address.startswith("//")
    try:
        return urlsplit(address).scheme.lower() in SCHEMES
    except ValueError:
        return False


def absolute(address: str, base: str) -> str:
    """Put `base` before a path of this site; leave other addresses as they are."""
    return base + address if base and address.startswith("/") else address


def attribute(name: str, value: object) -> str:
    """Write ` name="value"`, escaped; nothing for an empty value."""
    return f' {name}="{escape(str(value))}"' if value not in ("", None) else ""
