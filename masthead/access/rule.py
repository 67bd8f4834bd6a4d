"""The rule: the one answer to who may read what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from masthead.access.reader import Reader
from masthead.access.visibility import Audience, Visibility

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class _Opens:
    """What a Reader opens: kinds of visibility, tiers named by a post, single posts."""

    visibilities: frozenset[str]
    tiers: frozenset[int]
    posts: frozenset[int]


def _opens(reader: Reader) -> _Opens:
    visibilities = {Visibility.PUBLIC.value}
    if reader.is_member:
        visibilities.add(Visibility.MEMBERS.value)
    if reader.tiers:
        visibilities.add(Visibility.PAID.value)
    return _Opens(frozenset(visibilities), reader.tiers, reader.unlocked)


def may_read(reader: Reader, *, post: str = "post") -> Q:
    """Return the condition under which this Reader may read to the end, for every query that loads gated words.

    `post` is the path from the queried table to the post ("" for the post's own table). An unknown visibility
    matches nobody but staff. A post with several tiers may match more than once: filter by id, do not count rows.
    """
    if reader.is_staff:
        return EVERYTHING
    opens = _opens(reader)
    path = f"{post}__" if post else ""
    rule = Q(**{f"{path}visibility__in": opens.visibilities})
    if opens.tiers:
        rule |= Q(**{f"{path}visibility": Visibility.TIERS, f"{path}tiers__in": opens.tiers})
    if opens.posts:
        rule |= Q(**{f"{path}pk__in": opens.posts})
    return rule


def opens(reader: Reader, visibility: str, tiers: Collection[int], *, post_id: int | None = None) -> bool:
    """Give the rule's answer for words that are not in a sealed table yet, such as a draft in preview.

    It is the same rule as `may_read`; a test holds the two together over every combination.
    """
    if reader.is_staff:
        return True
    may = _opens(reader)
    by_tier = visibility == Visibility.TIERS and not may.tiers.isdisjoint(tiers)
    return visibility in may.visibilities or by_tier or post_id in may.posts


def audience_of(reader: Reader, *, post_id: int | None = None) -> Audience:
    """Say which of the three audiences a Reader is; who opens a single post is a paying member to it."""
    if reader.tiers or post_id in reader.unlocked:
        return Audience.PAID
    return Audience.FREE if reader.is_member else Audience.ANYONE


def may_see_block(reader: Reader, *, in_mail: bool = False) -> Q:
    """Return the condition under which this Reader gets a part of a post that is for some only (SealedBlock).

    Below the cut the post's own rule is asked, too. Staff see every part that has readers on this way; nobody is
    anyone in mail, so that a mail to who is no member has none of them.
    """
    way = "mail" if in_mail else "web"
    words = [word for word in Audience.values if not (in_mail and word == Audience.ANYONE)]
    if reader.is_staff:
        return _any(Q(**{f"{way}_{word}": True}) for word in words)
    own = audience_of(reader)
    seen = Q(**{f"{way}_{own.value}": True}) if own.value in words else NOTHING
    if reader.unlocked and own != Audience.PAID:
        unlocked = Q(post__in=reader.unlocked)
        seen = (seen & ~unlocked) | (unlocked & Q(**{f"{way}_paid": True}))
    return seen & (Q(is_below=False) | may_read(reader))


def _any(conditions: Iterable[Q]) -> Q:
    found = NOTHING
    for condition in conditions:
        found |= condition
    return found
