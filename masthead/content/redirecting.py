"""Redirects: where an address leads at which nothing stands (any more)."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

import re2
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.content.addresses import RESERVED, target_of
from masthead.content.models.post import Post, Status
from masthead.content.models.redirect import Redirect
from masthead.content.own_paths import listed_at
from masthead.content.redirect_targets import LONGEST, TargetError, check_target, filled
from masthead.core import events

PATTERNS: Final = 2000  # that are tried
HOPS: Final = 10  # redirects that may follow each other
MEMORY: Final = 1 << 16  # bytes of one compiled pattern; what needs more is refused


class RedirectError(ValueError):
    """A redirect that cannot be kept; the message says what to write instead."""


def keep_redirect(
    source: str,
    target: str,
    *,
    is_pattern: bool = False,
    is_permanent: bool = True,
    position: int = 0,
    at: datetime | None = None,
) -> Redirect:
    """Keep a redirect, in place of one with the same source; raise RedirectError for what could never be followed.

    A pattern is in RE2's syntax: it has no look-around and no back-references, and takes linear time.
    """
    source = source.strip()
    if not is_pattern and not source.startswith("/"):
        source = f"/{source}"
    if not source or len(source) > 500:
        raise RedirectError(_("Write the old address as a path of at most 500 characters, as /old/."))
    if is_pattern and _compiled(source) is None:
        raise RedirectError(_("“%(source)s” is no pattern that RE2 can read.") % {"source": source[:80]})
    try:
        check_target(target)
    except TargetError as error:
        raise RedirectError(str(error)) from error
    values = {"is_pattern": is_pattern, "target": target, "is_permanent": is_permanent, "position": position}
    with transaction.atomic():
        row, _is_new = Redirect.objects.update_or_create(source=source, defaults=values)
        events.write("redirect.kept", f"redirect:{row.pk}", at=at or timezone.now())
    return row


def redirect_for(asked: str) -> tuple[str, bool] | None:
    """Return where this path (decoded) with its query (as sent) leads, and whether for good; None if nowhere.

    Ask only when nothing stands there. The first redirect that matches counts. One that leads in a circle, to itself,
    or to an address of more than 2,000 characters leads nowhere. A query goes on to a target that has none.
    """
    found = _one(asked)
    return found if found and not _comes_back(asked, found[0]) else None


def _one(asked: str) -> tuple[str, bool] | None:
    if len(asked) > LONGEST:
        return None
    path, mark, query = asked.partition("?")
    exact = _exact(path, asked)
    for row in Redirect.objects.filter(is_pattern=True)[:PATTERNS]:
        if exact and (exact.position, exact.pk) < (row.position, row.pk):
            break
        target = _matched(row, path, asked)
        if target is not None:
            return _bounded(target, row)
    if exact is None:
        return None
    whole = exact.source.partition("?")[1] == "?"
    return _bounded(_filled(exact, (), "" if whole else mark + query), exact)


def _exact(path: str, asked: str) -> Redirect | None:
    other = path[:-1] if path.endswith("/") else f"{path}/"
    sources = {path, other, asked, other + asked[len(path) :]} - {""}
    return Redirect.objects.filter(source__in=sources, is_pattern=False).first()


def _matched(row: Redirect, path: str, asked: str) -> str | None:
    """Match the path alone, and hand its query on; then the path with its query."""
    pattern = _compiled(row.source)
    if pattern is None:
        return None
    try:
        found = pattern.search(path)
        if found:
            return _filled(row, found.groups(), asked[len(path) :])
        found = pattern.search(asked) if asked != path else None
        return _filled(row, found.groups(), "", keeps_query=True) if found else None
    except UnicodeError:
        return None


def _filled(row: Redirect, groups: tuple[str | None, ...], query: str, *, keeps_query: bool = False) -> str | None:
    try:
        target = filled(row.target, groups, keeps_query=keeps_query)
    except TargetError:
        return None
    parts = urlsplit(target)
    return urlunsplit(parts._replace(query=query[1:])) if query[1:] and not parts.query else target


def _bounded(target: str | None, row: Redirect) -> tuple[str, bool] | None:
    return (target, row.is_permanent) if target and len(target) <= LONGEST else None


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:
    """Compile a pattern once a process, by its text, so that a changed row never meets an old one; None if it cannot be."""
    options = re2.Options()
    options.max_mem, options.log_errors = MEMORY, False
    try:
        return re2.compile(source, options)
    except (re2.error, UnicodeError):
        return None


def _comes_back(asked: str, target: str) -> bool:
    """Say whether redirects lead from this target back to what was asked for, or on without end."""
    seen = {_plain(asked)}
    for place in map(_plain, _places(target)):
        if place in seen:
            return not _stands(place)
        seen.add(place)
    return len(seen) > HOPS


def _places(target: str) -> Iterator[str]:
    """Yield the paths of this site that redirects lead through, from the first target on."""
    for _hop in range(HOPS):
        place = _on_this_site(target)
        if place is None:
            return
        yield place
        if _stands(_plain(place)):
            return
        found = _one(place)
        if found is None:
            return
        target = found[0]


def _on_this_site(target: str) -> str | None:
    address = target.removeprefix(settings.ADDRESS) or "/"
    if not address.startswith("/"):
        return None
    parts = urlsplit(address)
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")


def _plain(place: str) -> str:
    path, mark, query = place.partition("?")
    return (path if path.endswith("/") else f"{path}/") + mark + query


def _stands(place: str) -> bool:
    path = place.partition("?")[0]
    if path == "/" or path.split("/")[1] in RESERVED:
        return True
    target = target_of(path) or listed_at(path)
    return target is not None and not (isinstance(target, Post) and target.status != Status.PUBLISHED)
