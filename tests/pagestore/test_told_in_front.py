"""What a kept page says to caches in front: how long, and by which words it is purged; and only where they are told."""

import time
from typing import Any

import pytest

from masthead.access.reader_key import ALL_THE_SAME, Depends, Keep
from masthead.pagestore import sending, wire
from masthead.pagestore.in_front import LONGEST_TAGS, told_with

ANYONE, MEMBER = "public, max-age=0, must-revalidate", "private, no-cache"
TAGS = ("post:1", "site")
KEEP = Keep(Depends(), frozenset(TAGS))


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    settings.PURGE_PROVIDER, settings.PURGE_SECONDS = "http", 3600


def test_anyones_page_may_be_kept_and_a_members_only_says_its_tags() -> None:
    told, until = told_with(ANYONE, TAGS, KEEP)
    assert told == {"cache-control": f"{ANYONE}, s-maxage=3600", "cache-tag": "post:1,site"} and until is None
    assert told_with(MEMBER, TAGS, KEEP) == ({"cache-tag": "post:1,site"}, None)
    assert told_with("public, max-age=300", TAGS, Keep(ALL_THE_SAME, frozenset()))[0]["cache-control"].endswith(
        "s-maxage=3600"
    )


def test_nothing_is_said_where_nobody_is_told_or_of_what_never_changes(settings: Any) -> None:
    assert told_with("public, max-age=31536000, immutable", ("site",), KEEP) == ({}, None)
    settings.PURGE_PROVIDER = ""
    assert told_with(ANYONE, TAGS, KEEP) == ({}, None)


def test_what_cannot_be_named_is_not_kept_in_front() -> None:
    many = tuple(f"post:{number:09}" for number in range((LONGEST_TAGS + 1) // 15))  # with their commas
    assert "s-maxage" in told_with(ANYONE, many, KEEP)[0]["cache-control"]
    assert told_with(ANYONE, (*many, *TAGS), KEEP) == ({}, None)


def test_no_page_is_kept_in_front_beyond_the_moment_at_which_time_changes_it() -> None:
    """We stop to send it so long before, that whoever took it last holds it until then, and no longer."""
    now = time.time()
    later, soon = now + 5 * 3600, now + 1800
    told, until = told_with(ANYONE, TAGS, Keep(Depends(), frozenset(TAGS), later))
    assert "s-maxage=3600" in told["cache-control"] and until == later - 3600
    told, until = told_with(ANYONE, TAGS, Keep(Depends(), frozenset(TAGS), soon))
    assert "cache-control" not in told and until == soon


def test_a_page_that_was_purged_while_it_was_rendered_is_kept_by_nobody() -> None:
    told, _ = told_with(ANYONE, TAGS, KEEP)
    headers = dict(sending.for_one((("content-type", "text/html"), *told.items())))
    assert headers == {"content-type": "text/html", "cache-control": "private, no-store"}


def test_a_304_says_it_again() -> None:
    told, _ = told_with(ANYONE, TAGS, KEEP)
    head = wire.head_304((("content-type", "text/html"), ("vary", "Cookie"), *told.items()))
    assert (
        head
        == b"vary: Cookie\r\ncache-tag: post:1,site\r\ncache-control: public, max-age=0, must-revalidate, s-maxage=3600\r\n"
    )
