"""Checks of attributes that several nodes share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from masthead.content.document.escaping import is_safe_address

if TYPE_CHECKING:
    from masthead.content.document.node import Check

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
SIZES = ("regular", "wide", "full")
TONES = ("grey", "white", "blue", "green", "yellow", "red", "pink", "purple", "accent")
LARGEST = 2**53 - 1  # the largest whole number that JavaScript holds exactly (ECMA-262, 21.1.2.6)


def check_token(value: Any) -> str | None:
    """Accept the token of an uploaded picture."""
    fits = isinstance(value, str) and TOKEN.fullmatch(value)
    return None if fits else "must be the token of an uploaded picture"


def check_upload(value: Any) -> str | None:
    """Accept the token of an upload, or none."""
    fits = isinstance(value, str) and (not value or TOKEN.fullmatch(value))
    return None if fits else "must be the token of an upload, or empty"


def check_href(value: Any) -> str | None:
    """Accept an address that a link may have, or none."""
    if isinstance(value, str) and (not value or is_safe_address(value)):
        return None
    return "must be empty or an address that starts with https://, http://, mailto:, tel:, / or #"


def check_url(value: Any) -> str | None:
    """Accept the address of a page elsewhere, or none."""
    fits = isinstance(value, str) and (not value or (is_safe_address(value) and _is_web(value)))
    return None if fits else "must be empty or an address that starts with https:// or http://"


def _is_web(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def is_one_of(*choices: str) -> Check:
    """Accept one of these words."""

    def check(value: Any) -> str | None:
        return None if isinstance(value, str) and value in choices else f"must be one of {', '.join(choices)}"

    return check


def is_yes_or_no(value: Any) -> str | None:
    """Accept true and false."""
    return None if isinstance(value, bool) else "must be true or false"


def is_list_of_names(value: Any) -> str | None:
    """Accept a list of texts, at most 50."""
    fits = isinstance(value, list) and len(value) <= 50 and all(isinstance(name, str) for name in value)
    return None if fits else "must be a list of at most 50 texts"
