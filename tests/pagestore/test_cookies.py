"""The reader cookie and the one of unlocked posts: what is written is read, and nothing else is."""

import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pagestore.cookies import LONGEST, MOST_UNLOCKED, Keys, ReaderCookie, UnlockedCookie

OURS, THEIRS = Keys("a secret", "https://paper.test"), Keys("a secret", "https://other.test")
SESSION = "s" * 32
numbers = st.integers(0, 2**40)
readers = st.builds(
    ReaderCookie, st.just("0123456789abcdef"), numbers, numbers, st.frozensets(st.integers(1, 10**6), max_size=30)
)
public_ids = st.text("abcdefghijklmnop0123456789", min_size=1, max_size=16)


@given(readers)
def test_a_reader_cookie_is_read_as_it_was_written_beside_its_own_session_only(told: ReaderCookie) -> None:
    value = OURS.reader_cookie(told, session=SESSION)
    assert OURS.read_reader_cookie(value, session=SESSION) == told
    assert OURS.read_reader_cookie(value, session=SESSION[:-1]) is None
    assert THEIRS.read_reader_cookie(value, session=SESSION) is None
    assert OURS.read_unlocked_cookie(value) is None
    assert len(value) < 500 and value.isascii()


@given(readers, st.integers(0, 400), st.characters(max_codepoint=300))
def test_a_reader_cookie_with_any_character_changed_reads_as_none(told: ReaderCookie, place: int, other: str) -> None:
    value = OURS.reader_cookie(told, session=SESSION)
    place %= len(value)
    changed = value[:place] + other + value[place + 1 :]
    assert (OURS.read_reader_cookie(changed, session=SESSION) == told) is (changed == value)
    assert OURS.read_reader_cookie(value[:place], session=SESSION) is None


@given(st.text(), st.text())
def test_any_text_reads_as_none(value: str, session: str) -> None:
    assert OURS.read_reader_cookie(value, session=session) is None
    assert OURS.read_unlocked_cookie(value) is None


def test_lone_surrogates_and_endless_cookies_read_as_none() -> None:
    told = ReaderCookie("m", 1, 2, frozenset())
    for value in ("\ud800", "a.\udfff", "x" * (LONGEST + 1)):
        assert OURS.read_reader_cookie(value, session=SESSION) is None
        assert OURS.read_unlocked_cookie(value) is None
    assert OURS.read_reader_cookie(OURS.reader_cookie(told, session=SESSION), session="\ud800") is None


def test_nothing_can_be_moved_from_the_session_into_what_is_said() -> None:
    told = ReaderCookie("m", 1, 2, frozenset({3}))
    value = OURS.reader_cookie(told, session="4|rest")
    said, _, mac = value.rpartition(".")
    assert OURS.read_reader_cookie(f"{said}|4.{mac}", session="rest") is None
    assert OURS.read_reader_cookie(value, session="4|rest") is None


@given(st.lists(public_ids, max_size=60), numbers)
def test_an_unlocked_cookie_keeps_the_last_posts_and_stays_short(posts: list[str], expires: int) -> None:
    value = OURS.unlocked_cookie(UnlockedCookie(tuple(posts), expires))
    assert OURS.read_unlocked_cookie(value) == UnlockedCookie(tuple(posts[-MOST_UNLOCKED:]), expires)
    assert THEIRS.read_unlocked_cookie(value) is None
    assert len(value) <= LONGEST


def test_both_macs_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[Any, Any]] = []

    def compare(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return bool(one == other)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    value = OURS.reader_cookie(ReaderCookie("m", 1, 2, frozenset()), session=SESSION)
    assert OURS.read_reader_cookie(value, session=SESSION) and OURS.read_reader_cookie("a.b", session=SESSION) is None
    assert OURS.read_unlocked_cookie(OURS.unlocked_cookie(UnlockedCookie(("p",), 1)))
    assert len(compared) == 3


def test_a_word_of_tiers_is_another_each_day_and_for_other_tiers_and_sites() -> None:
    said = [OURS.group({1, 2}, 5), OURS.group({1, 2}, 6), OURS.group({1}, 5), THEIRS.group({1, 2}, 5)]
    assert len(set(said)) == len(said)
    assert OURS.group([2, 1], 5) == said[0]
    assert OURS.id_of_member(1) != OURS.id_of_member(2) != THEIRS.id_of_member(2)
