"""The Reader key: the Reader, reduced to what one page depends on (PAGES.md, The key)."""

from dataclasses import dataclass
from typing import Self

from masthead.access.reader import Reader
from masthead.access.rule import audience_of, opens
from masthead.access.visibility import Audience, Visibility

ANYONE_KEY = "a"
# Stands for tiers that a page does not name, where it matters only that some tier is held.
OTHER_TIER = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """The rule of one post, as far as its page depends on it; `has_parts`: some parts of it are for some readers only."""

    post_id: int
    public_id: str
    visibility: str
    tiers: frozenset[int] = frozenset()
    has_parts: bool = False

    def opens(self, reader: Reader) -> bool:
        """Say whether a Reader may read the post to the end."""
        return opens(reader, self.visibility, self.tiers, post_id=self.post_id)

    def opens_to_free(self, reader: Reader) -> bool:
        """Say whether a Reader may read it to the end without paying or spending anything."""
        return self.opens(Reader(is_member=reader.is_member))

    def is_paid(self, reader: Reader) -> bool:
        """Say whether a Reader is a paying one to this post, where that makes a difference.

        Its parts look at it, and the wall, which offers another tier to those who hold one.
        """
        return (self.has_parts or not self.opens(reader)) and self.is_audience_paid(reader)

    def is_audience_paid(self, reader: Reader) -> bool:
        """Say whether a Reader is among the audience of paying members of this post."""
        return audience_of(reader, post_id=self.post_id) == Audience.PAID


@dataclass(frozen=True, slots=True)
class Depends:
    """What of a Reader a page depends on: nothing at all (`is_same`), or whether they are a member, and a post's gate."""

    is_same: bool = False
    gate: Gate | None = None

    def key(self, reader: Reader) -> str:
        """Return the Reader key: two Readers with one key get the same bytes (tests/site/test_reader_key.py).

        Staff have no key: their pages are never kept. Raises ValueError for them.
        """
        if reader.is_staff:
            raise ValueError("Pages of staff are never kept.")
        if self.is_same:
            return ANYONE_KEY
        who = "m" if reader.is_member else ANYONE_KEY
        gate = self.gate
        if gate is None:
            return who
        return f"{who}{'+' if gate.opens(reader) else '-'}{'p' if gate.is_paid(reader) else ''}"

    def reduced(self, reader: Reader) -> Reader:
        """Return the one Reader that stands for everybody with the same key: the page is rendered for that one.

        Whoever opens a post by paying or by having unlocked it is one who unlocked it; who pays and does not open it
        holds a tier that the page does not name.
        """
        if reader.is_staff:
            return reader
        if self.is_same:
            return Reader()
        gate = self.gate
        if gate is None:
            return Reader(is_member=reader.is_member)
        may, is_paid = gate.opens(reader), gate.is_paid(reader)
        is_unlocked = may and (is_paid or not gate.opens_to_free(reader))
        return Reader(
            is_member=reader.is_member,
            tiers=frozenset({OTHER_TIER}) if is_paid and not may else frozenset(),
            unlocked=frozenset({gate.post_id}) if is_unlocked else frozenset(),
        )

    @classmethod
    def on_post(
        cls, post_id: int, public_id: str, visibility: str, tiers: frozenset[int], *, has_parts: bool = False
    ) -> Self:
        """Say what the page of a post depends on; its tiers count only where it names them."""
        if visibility == Visibility.PUBLIC and not has_parts:
            return cls()
        named = tiers if visibility == Visibility.TIERS else frozenset()
        return cls(gate=Gate(post_id, public_id, visibility, named, has_parts))


ALL_THE_SAME = Depends(is_same=True)


@dataclass(frozen=True, slots=True)
class Keep:
    """That an answer may be kept, and until when: what it depends on, what it shows (core/page_tags.py).

    `until` is a moment at which time itself changes it, in seconds since 1970; None if nothing but purging does.
    `is_light` answers (something else stands here, or nothing) are kept in memory only, a few of them.
    """

    depends: Depends
    tags: frozenset[str]
    until: float | None = None
    is_light: bool = False
