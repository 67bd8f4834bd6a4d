"""The Reader key: the Reader, reduced to what one page depends on (PAGES.md, The key)."""

from dataclasses import dataclass
from typing import Self

from masthead.access.reader import Reader
from masthead.access.rule import opens
from masthead.access.visibility import Visibility

ANYONE_KEY = "a"
# Stands for tiers that a page does not name, where it matters only that some tier is held.
OTHER_TIER = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """What of a Reader the page of one post depends on, beside who is a member and who pays."""

    post_id: int
    public_id: str
    visibility: str
    tiers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Depends:
    """What of a Reader a page depends on: nothing at all (`is_same`), whether they are a member and pay, and a gate."""

    is_same: bool = False
    gate: Gate | None = None

    def key(self, reader: Reader) -> str:
        """Return the Reader key: two Readers with one key get the same bytes (tests/pagestore/test_reader_key.py).

        Staff have no key: their pages are never kept. Raises ValueError for them.
        """
        if reader.is_staff:
            raise ValueError("Pages of staff are never kept.")
        if self.is_same:
            return ANYONE_KEY
        who = "p" if reader.tiers else "m" if reader.is_member else ANYONE_KEY
        if self.gate is None:
            return who
        may = opens(reader, self.gate.visibility, self.gate.tiers, post_id=self.gate.post_id)
        # One post opened for a Reader counts as paid for its parts, so it tells apart whoever does not pay.
        is_unlocked = self.gate.post_id in reader.unlocked and not reader.tiers
        return f"{who}{'+' if may else '-'}{'u' if is_unlocked else ''}"

    def reduced(self, reader: Reader) -> Reader:
        """Return the one Reader that stands for everybody with the same key: the page is rendered for that one."""
        if reader.is_staff:
            return reader
        if self.is_same:
            return Reader()
        gate = self.gate
        is_unlocked = gate is not None and gate.post_id in reader.unlocked
        return Reader(
            is_member=reader.is_member,
            tiers=self._tiers(reader),
            unlocked=frozenset({gate.post_id}) if gate and is_unlocked else frozenset(),
        )

    def _tiers(self, reader: Reader) -> frozenset[int]:
        if not reader.tiers:
            return frozenset()
        gate = self.gate
        is_named = gate is not None and gate.visibility == Visibility.TIERS and not gate.tiers.isdisjoint(reader.tiers)
        return gate.tiers if gate and is_named else frozenset({OTHER_TIER})

    @classmethod
    def on_post(cls, post_id: int, public_id: str, visibility: str, tiers: frozenset[int]) -> Self:
        """Say what the page of a post depends on; its tiers count only where it names them."""
        named = tiers if visibility == Visibility.TIERS else frozenset()
        return cls(gate=Gate(post_id, public_id, visibility, named))


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
