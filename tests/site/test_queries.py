"""How often a page asks the database: as often for sixty posts as for six (check 147)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.content.models import Media, Post, Tag
from masthead.content.models.post import PostQuerySet
from masthead.content.uploading import keep_picture
from masthead.search.index import index_post
from tests.cast import Cast, published
from tests.content.files import drawn

PATHS = (
    "/", "/tag/world/", "/author/ines-okafor/", "/archive/", "/search/?q=words", "/rss/", "/atom.xml", "/feed.json",
    "/tag/world/rss/", "/sitemap.xml", "/sitemaps/posts-1.xml", "/sitemap-news.xml", "/post-3/",
)  # fmt: skip


def publish_many(cast: Cast, start: int, stop: int) -> None:
    """Publish posts of every kind, each with two tags, an author, a lead and a picture in its text."""
    city = Tag.objects.get_or_create(slug="city", defaults={"name": "City", "is_section": True})[0]
    now = timezone.now()
    media = keep_picture(drawn(), "a.jpg", at=now)
    for n in range(start, stop):
        post = published(
            f"Post {n}", f"Words {n}.\n\n![A](media:{media.token})\n\n<!--more-->\n\nBelow {n}.", cast=cast,
            at=now - timedelta(minutes=n), visibility=("public", "paid", "members", "tiers")[n % 4], lead=media,
            tag_ids=[cast.section.pk, city.pk], tier_ids=[cast.tiers["gold"].pk],
        )  # fmt: skip
        index_post(post.pk)


def asked(path: str) -> int:
    """Count what the page asks the database."""
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries.captured_queries)


def asks_more(cast: Cast) -> dict[str, tuple[int, int]]:
    """Return the pages that ask more often with sixty posts than with six."""
    publish_many(cast, 0, 6)
    few = {path: asked(path) for path in PATHS}
    publish_many(cast, 6, 60)
    many = {path: asked(path) for path in PATHS}
    print("queries with 60 posts:", many)
    return {path: (few[path], number) for path, number in many.items() if number > few[path]}


def test_no_page_asks_more_often_because_there_are_more_posts(cast: Cast, capsys: Any) -> None:
    with capsys.disabled():
        assert asks_more(cast) == {}


def test_a_page_that_asks_once_for_each_post_stands_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: bylines, tags and tiers that nobody loaded beforehand."""
    monkeypatch.setattr(PostQuerySet, "with_bylines", lambda self: self)
    assert {"/", "/tag/world/", "/rss/"} <= set(asks_more(cast))
    assert Post.objects.count() == 60 and Media.objects.count() == 1
