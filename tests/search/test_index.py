"""The index follows what is out, and an old row is never found (check 19)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from masthead.content.changing import change_publication
from masthead.content.models import Post
from masthead.content.publishing import change_visibility, unpublish
from masthead.ops.worker import work_off
from masthead.search.index import index_post
from tests.cast import Cast
from tests.content.writing import put_out, rewrite
from tests.search.finding import found, indexed

TEXT = "Openword above.\n\n<!--more-->\n\nSealedword below."


def rows(post: Post) -> tuple[int, int]:
    """How many rows the post has in each table."""
    with connection.cursor() as cursor:
        counts = []
        for table in ("search_open", "search_sealed"):
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE rowid = %s", [post.pk])  # noqa: S608
            counts.append(int(cursor.fetchone()[0]))
    return counts[0], counts[1]


def work() -> None:
    work_off(without=["pictures"])


def test_a_post_that_is_taken_down_is_found_no_more_at_once(cast: Cast) -> None:
    post = indexed("A ship", TEXT, cast=cast, visibility="paid")
    assert (found("openword"), found("sealedword", cast.gold), rows(post)) == (["A ship"], ["A ship"], (1, 1))
    unpublish(post, by=None, at=timezone.now())
    assert (found("openword"), found("sealedword", cast.owner)) == ([], [])
    work()
    assert rows(post) == (0, 0)
    put_out(post)
    work()
    assert found("sealedword", cast.gold) == ["A ship"]


CHANGES: dict[str, Callable[[Post], object]] = {
    "gated": lambda post: change_visibility(post, "paid", by=None, at=timezone.now()),
    "rewritten": lambda post: (rewrite(post, "Newword only."), put_out(post)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_words_that_are_gone_are_not_found_before_the_worker_comes(cast: Cast, change: str) -> None:
    post = indexed("A ship", TEXT, cast=cast)
    assert found("sealedword") == ["A ship"]
    CHANGES[change](post)
    assert found("sealedword") == []
    work()
    assert found("sealedword") == []
    assert found("ship") == ["A ship"]


def test_words_that_are_opened_are_found_by_anyone(cast: Cast) -> None:
    post = indexed("A ship", TEXT, cast=cast, visibility="paid")
    assert found("sealedword") == []
    change_visibility(post, "public", by=None, at=timezone.now())
    work()
    assert (found("sealedword"), rows(post)) == (["A ship"], (1, 0))


def test_the_setting_for_uncut_posts_moves_words_in_the_index(cast: Cast) -> None:
    indexed("A ship", "Firstword here.\n\nSecondword there.", cast=cast, visibility="paid")
    assert found("firstword") == []
    change_publication({"uncut_paragraphs": 1}, by=None, at=timezone.now())
    work()
    assert (found("firstword"), found("secondword")) == (["A ship"], [])
    change_publication({"uncut_paragraphs": 0}, by=None, at=timezone.now())
    assert found("firstword") == []


def test_indexing_again_changes_nothing(cast: Cast) -> None:
    post = indexed("A ship", TEXT, cast=cast, visibility="paid")
    for _ in range(3):
        index_post(post.pk)
    assert rows(post) == (1, 1)
    index_post(10**9)
    assert found("openword") == ["A ship"]


def test_the_sealed_words_stand_in_their_own_table_only(cast: Cast) -> None:
    indexed("A ship", TEXT, cast=cast, visibility="paid")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_open")
        assert "ealedword" not in str(cursor.fetchall()).lower()
        cursor.execute("SELECT * FROM search_sealed")
        assert "ealedword" in str(cursor.fetchall()).lower()


def test_a_changed_draft_is_not_in_the_index(cast: Cast) -> None:
    post = indexed("A ship", TEXT, cast=cast)
    rewrite(post, "Draftword.", title="Drafttitle")
    index_post(post.pk)
    assert found("draftword", cast.owner) == found("drafttitle", cast.owner) == []
