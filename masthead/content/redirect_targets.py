"""Where a redirect may lead, and filling in what its pattern captured."""

import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

LONGEST: Final = 2000  # characters
_GROUP = re.compile(r"[\\$]([1-9])")
_ELSEWHERE = re.compile(r"(https?://[^/?#\\$\s]+)(.*)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
# What a captured text may bring into an address as it is; everything else is percent-encoded.
_KEPT: Final = "/:@!$&'()*+,;=~"


class TargetError(ValueError):
    """A place that no redirect may lead to; the message says what to write instead."""


def check_target(target: str) -> None:
    """Raise TargetError for a target that is neither a path of this site nor a whole http or https address.

    A group such as \\1 stands behind the host only: what a visitor typed never decides where the browser is sent.
    """
    if not target or len(target) > LONGEST or _UNSAFE.search(target):
        raise TargetError(_("Write where it leads as a path, /new/, or a whole address, https://host/new/."))
    elsewhere = _ELSEWHERE.match(target)
    if elsewhere is None:
        if _SCHEME.match(target) or "\\" in _GROUP.sub("", target) or target.startswith("//"):
            raise TargetError(_("A redirect leads to a path of this site or to an http or https address."))
        return
    if "@" in elsewhere[1] or not _has_host(elsewhere[1]):
        raise TargetError(_("The address has no host that can be read. Write it as https://host/new/."))


def _has_host(start: str) -> bool:
    try:
        parts = urlsplit(start)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def filled(target: str, groups: Sequence[str | None], *, keeps_query: bool) -> str:
    """Return the target with \\1 or $1 replaced by what was captured, encoded; raises as `check_target` does.

    With `keeps_query`, captured text may hold a query; without it, a question mark in it is text.
    """
    check_target(target)
    kept = f"{_KEPT}?%" if keeps_query else _KEPT
    elsewhere = _ELSEWHERE.match(target)
    start, rest = (elsewhere[1], elsewhere[2]) if elsewhere else ("", target)
    path = _with_groups(rest, lambda number: quote(_group(groups, number), safe=kept))
    if elsewhere and path.startswith(("?", "#")):
        return start + path
    return f"{start}/{path.lstrip('/' + chr(92))}"


def _group(groups: Sequence[str | None], number: int) -> str:
    return (groups[number - 1] or "") if number <= len(groups) else ""


def _with_groups(text: str, value: Callable[[int], str]) -> str:
    return _GROUP.sub(lambda found: value(int(found[1])), text)
