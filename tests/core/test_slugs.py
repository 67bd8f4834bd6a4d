"""Slugs: ASCII, readable, never empty."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.core.slugs import LONGEST, slug_from


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The harbour is closed", "the-harbour-is-closed"),
        ("Über Straßen", "uber-strassen"),
        ("Inês Okafor", "ines-okafor"),
        ("  Two   spaces -- and dashes  ", "two-spaces-and-dashes"),
        ("Москва", "moskva"),
        ("東京", "dongjing"),
        ("2026", "2026"),
        ("What? “No!”", "what-no"),
        ("../../etc/passwd", "etcpasswd"),
    ],
)
def test_a_headline_becomes_a_readable_slug(text: str, slug: str) -> None:
    assert slug_from(text) == slug


@pytest.mark.parametrize("text", ["", "   ", "!!!", "---", "\u200b"])
def test_a_headline_without_letters_gets_the_fallback(text: str) -> None:
    assert slug_from(text) == "post"
    assert slug_from(text, fallback="tag") == "tag"


@given(st.text(max_size=300))
def test_every_slug_fits_an_address(text: str) -> None:
    slug = slug_from(text)
    assert re.fullmatch(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?", slug) and len(slug) <= LONGEST


def test_a_long_headline_is_cut_without_a_hyphen_at_its_end() -> None:
    slug = slug_from("a" * (LONGEST - 1) + " harbour")
    assert slug == "a" * (LONGEST - 1)
