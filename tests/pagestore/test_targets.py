"""Targets: paths are taken exactly as they came, and only what counts visits is no question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pagestore.targets import read_target


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        (b"", False),
        (b"utm_source=letter", False),
        (b"utm_source=letter&utm_medium=mail&fbclid=x", False),
        (b"UTM_Source=letter", False),
        (b"utm_source", False),
        (b"utm%5Fsource=letter", False),
        (b"page=2", True),
        (b"utm_source=letter&page=2", True),
        (b"utm_source=letter;page=2", False),  # one name and its value, as Django reads it
        (b"&&", True),
        (b"=", True),
        (b"utm_source=" + b"x" * 3000, True),
        (b"gift=abc", True),
    ],
)
def test_what_is_asked_behind_a_path_is_for_django_unless_it_only_counts(query: bytes, asks: bool) -> None:
    assert read_target(b"/a/", query).has_query is asks


@given(st.binary(), st.binary())
def test_any_bytes_are_a_target_and_paths_that_differ_stay_different(one: bytes, other: bytes) -> None:
    first, second = read_target(one, other), read_target(other, one)
    assert (first.path == second.path) is (one == other)
