"""Leading a visitor on: to where something stands under another address."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from masthead.content.addresses import target_of
from masthead.content.models import Author, Post, Tag
from masthead.content.own_paths import listed_at, usual_path
from masthead.content.redirecting import redirect_for
from masthead.site.keeping import elsewhere

# Below the address of a tag or author: its further pages and its feeds.
BELOW = re.compile(r"(/.*?/|/)((?:page/[0-9]{1,6}/|rss/|atom\.xml|feed\.json)?)")
LONGEST_QUERY = 1500  # characters; a longer one is left behind
# Parameters of routes in which capitals are as good as small letters; an id has both.
WORDS = {"slug", "number", "year", "month", "kind", "path"}
# First parts of paths where no redirect of the owner's is asked for, and capitals are not forgiven.
OURS = frozenset(
    """account api billing demo desk files ghost healthz media outbox pay preferences sign-in sign-out sign-up static
    subscribe try unsubscribe webhooks""".split()
)


def moved(request: HttpRequest, path: str, *, for_good: bool = True) -> HttpResponse:
    """Lead on with the query. An address may one day be given back, so browsers ask again (elsewhere)."""
    query = request.META.get("QUERY_STRING", "")
    place = f"{path}?{query}" if query and len(query) <= LONGEST_QUERY else path
    return _to(place, for_good=for_good)


def _to(place: str, *, for_good: bool) -> HttpResponse:
    return elsewhere(HttpResponsePermanentRedirect(place) if for_good else HttpResponseRedirect(place))


def moved_to_own(request: HttpRequest, row: Tag | Author) -> HttpResponse | None:
    """Lead from the usual address of a tag or author, and what is below it, to its own; None if one is there."""
    usual = usual_path(row)
    if not row.own_path or request.path.startswith(row.own_path) or not request.path.startswith(usual):
        return None
    return moved(request, row.own_path + request.path[len(usual) :])


def is_out(target: object) -> bool:
    """Say whether what an address leads to may be shown: a tag or author always, a post while it is out."""
    return not isinstance(target, Post) or target.is_live(timezone.now())


def split(path: str) -> tuple[str, str]:
    """Return a path as the address of a list and what stands below it ('' , page/2/ or a feed)."""
    found = BELOW.fullmatch(path)
    return (found[1], found[2]) if found else (path, "")


def standing(path: str) -> str | None:
    """Return the current address of what stands, or once stood, at this path with its last slash; None if nothing does."""
    target = target_of(path)
    if target is not None and is_out(target):
        return target.path
    base, below = split(path)
    if (row := listed_at(base)) is not None:
        return row.path + below
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return path if found.url_name != "by_address" and _is_there(str(found.url_name), found.kwargs) else None


def _is_there(name: str, values: dict[str, str]) -> bool:
    if name.startswith("tag"):
        return Tag.objects.filter(slug=values["slug"], is_internal=False).exists()
    if name.startswith("author"):
        return Author.objects.filter(slug=values["slug"]).exists()
    return True


def _has_id(path: str) -> bool:
    try:
        return not resolve(path).kwargs.keys() <= WORDS
    except Resolver404:
        return False


def lead_on(request: HttpRequest) -> HttpResponse | None:
    """Return where a path leads at which nothing stands, or None.

    A path in capitals leads to the small letters, one with /amp/ behind it to the post; then the owner's redirects count.
    No database is asked for a path with a NUL in it.
    """
    path = request.path
    if request.method not in ("GET", "HEAD") or path.split("/")[1] in OURS or "\0" in path:
        return None
    for other in (path.lower(), re.sub(r"(?<=.)/amp/?$", "/", path)):
        whole = other if other.endswith(("/", ".xml", ".json")) else f"{other}/"
        if other != path and not _has_id(whole) and (place := standing(whole)):
            return moved(request, place)
    query = request.META.get("QUERY_STRING", "")
    found = redirect_for(f"{path}?{query}" if query and len(query) <= LONGEST_QUERY else path)
    return _to(found[0], for_good=found[1]) if found else None
