"""Permalinks: what a pattern makes of a post, and which patterns are refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from masthead.content.permalinks import check_pattern, path_for

POST: dict[str, Any] = {
    "slug": "a-ship",
    "public_id": "x7-Q_aa",
    "published_at": datetime(2020, 5, 9, 23, 30, tzinfo=UTC),
    "primary_tag": "world",
    "primary_author": "ines",
}


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/{slug}/", "/a-ship/"),
        ("/{year}/{month}/{day}/{slug}/", "/2020/05/09/a-ship/"),
        ("/{primary_tag}/{slug}/", "/world/a-ship/"),
        ("/{primary_author}/{slug}/", "/ines/a-ship/"),
        ("/{author}/{id}/", "/ines/x7-Q_aa/"),
        ("/blog/{year}-{month}-{slug}.html/", "/blog/2020-05-a-ship.html/"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, path: str) -> None:
    assert path_for(pattern, **POST) == path


def test_a_post_without_tag_or_author_stands_under_all() -> None:
    """As Ghost has it."""
    bare = POST | {"primary_tag": "", "primary_author": ""}
    assert path_for("/{primary_tag}/{author}/{slug}/", **bare) == "/all/all/a-ship/"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "slash"),
        ("/", "slash"),
        ("//", "slug"),
        ("{slug}", "slash"),
        ("/{slug}", "slash"),
        ("/{slug}/" + "x" * 200 + "/", "slash"),
        ("/{title}/{slug}/", "There is no {title}"),
        ("/{}/{slug}/", "There is no {}"),
        ("/{year}/{month}/", "{slug} or {id}"),
        ("//{slug}/", "Between slashes"),
        ("/../{slug}/", "Between slashes"),
        ("/a b/{slug}/", "Between slashes"),
        ("/{slug}/?x=1/", "Between slashes"),
        ("/<b>/{slug}/", "Between slashes"),
        ("/desk/{slug}/", "address of this site"),
        ("/tag/{slug}/", "address of this site"),
    ],
)
def test_what_makes_no_address_is_refused_with_the_reason(pattern: str, told: str) -> None:
    check_pattern("/{slug}/")
    with pytest.raises(ValidationError) as refusal:
        check_pattern(pattern)
    assert told in refusal.value.messages[0]
