"""Coming back to the same place: addresses that a visitor may be sent on to."""

import re
from urllib.parse import unquote, urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 600  # characters
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]|^//|^/%2f|^/%5c", re.IGNORECASE)


def safe_path(value: object, default: str = "/") -> str:
    """Return `value` if it is a path of this site, and `default` for anything else (CHECKS.md 40).

    Refused: other hosts in any spelling (`//evil`, backslashes, encoded slashes, userinfo), schemes, control characters.
    """
    if not isinstance(value, str) or len(value) > LONGEST or not value.startswith("/"):
        return default
    for form in (value, unquote(value), unquote(unquote(value))):
        if UNSAFE.search(form.split("?")[0]) or "\\" in form or any(ord(letter) < 32 for letter in form):
            return default
    parts = urlsplit(value)
    if parts.scheme or parts.netloc or not url_has_allowed_host_and_scheme(value, allowed_hosts=None):
        return default
    return value
