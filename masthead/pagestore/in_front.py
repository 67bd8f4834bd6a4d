"""What stands in front of us and keeps pages, too: what it is told with a page, and when a page is purged."""

import time
from collections.abc import Iterable, Sequence
from typing import Final

from django.conf import settings

from masthead.access.reader_key import Keep
from masthead.core.page_tags import SITE
from masthead.pagestore.models import Purge
from masthead.pagestore.providers import provider

# Bytes of Cache-Tag. Cloudflare takes 16 KB; proxies have as little as 8 KB for all headers, unless they are told.
LONGEST_TAGS: Final = 4_000
MOST: Final = 300  # tags told one by one; beyond, everything is purged, which every page is tagged with
ROWS: Final = 500  # in one query


def told_with(cache_control: str, tags: Sequence[str], keep: Keep) -> tuple[dict[str, str], float | None]:
    """Return the headers by which caches in front keep a page, and until when we may send them.

    Nothing is said where nobody in front is told of purges. Anyone's page may be kept for `purge.seconds`, unless time itself changes it
    before or its tags are too many; a member's says its tags only, for a CDN that keys on the reader cookie.
    """
    is_for_ever = "immutable" in cache_control
    names = ",".join(tags)
    if not settings.PURGE_PROVIDER or is_for_ever or len(names) > LONGEST_TAGS:
        return {}, keep.until
    if "public" not in cache_control:
        return {"cache-tag": names}, keep.until
    last = None if keep.until is None else keep.until - settings.PURGE_SECONDS
    if last is not None and last <= time.time():
        return {"cache-tag": names}, keep.until
    return {"cache-tag": names, "cache-control": f"{cache_control}, s-maxage={settings.PURGE_SECONDS}"}, last


def worth_telling(tags: Iterable[str]) -> list[str]:
    """Return what is told of these tags: none of members, whose pages have none, and of very many only the one of all."""
    told = sorted({tag for tag in tags if not tag.startswith("member:")})
    return told if len(told) <= MOST else [SITE]


def tell() -> list[str]:
    """Tell what stands in front everything in the purge log that it was not told yet; return the tags.

    Raises PurgeError; then it is all told at the next call, which any later event brings, too.
    """
    chosen = provider()
    if chosen is None:
        return []
    rows = list(Purge.objects.filter(is_told=False).values_list("pk", "tag"))
    tags = worth_telling(tag for _, tag in rows)
    if tags:
        chosen.purge(tags)
    for start in range(0, len(rows), ROWS):
        Purge.objects.filter(pk__in=[pk for pk, _ in rows[start : start + ROWS]]).update(is_told=True)
    return tags


def tell_again(tags: Sequence[str]) -> None:
    """Tell the same once more; raises PurgeError."""
    chosen = provider()
    if chosen is not None and tags:
        chosen.purge(tags)
