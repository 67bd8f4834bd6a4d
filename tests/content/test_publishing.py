"""Publishing, taking down, publishing again: what stands at the address and which dates it keeps."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from masthead.content.models import Body, Post, Revision
from masthead.content.publishing import change_visibility, publish, schedule, unpublish
from masthead.core.models import Event
from tests.cast import NOON, Cast, client_of, published
from tests.content.writing import frozen, put_out, rewrite, seen, written

HOUR = timedelta(hours=1)
DOORS = ("/", "/archive/", "/rss/", "/atom.xml", "/feed.json", "/sitemaps/posts-1.xml", "/sitemap-news.xml")


def kinds(post: Post) -> list[str]:
    return list(Event.objects.filter(subject=f"post:{post.pk}").values_list("kind", flat=True))


def test_nothing_of_a_draft_stands_anywhere_until_it_is_published(cast: Cast) -> None:
    post = written("Unpublishedtitle", "Unpublishedwords.", slug="secret", tag_ids=[cast.section.pk])
    for path in (*DOORS, "/tag/world/"):
        assert "npublishedtitle" not in seen(path), path
    assert client_of(cast.owner).get("/secret/").status_code == 404
    put_out(post)
    assert "Unpublishedwords." in seen("/secret/")
    assert "Unpublishedtitle" in seen("/")


def test_publishing_shows_what_was_frozen_and_not_what_was_typed_since(cast: Cast) -> None:
    post = written("First", "First words.", slug="ship")
    revision = frozen(post)
    rewrite(post, "Second words.", title="Second")
    publish(revision, by=None, at=timezone.now())
    assert "First words." in seen("/ship/") and "Second words." not in seen("/ship/")
    put_out(post)
    assert "Second words." in seen("/ship/") and "First words." not in seen("/ship/")


def test_publishing_twice_changes_nothing_but_the_moment(cast: Cast) -> None:
    post = written("A ship", "Opening.\n\n<!--more-->\n\nBody.", visibility="paid")
    revision = frozen(post, at=NOON)
    first = publish(revision, by=None, at=NOON)
    page = seen(first.path, by=cast.paid)
    again = publish(revision, by=None, at=NOON)
    assert (again.path, again.published_at, again.updated_at) == (first.path, NOON, NOON)
    assert Revision.objects.filter(post=post).count() == 1
    assert Body.objects.filter(post=post).count() == 1
    assert seen(first.path, by=cast.paid) == page


def test_a_later_edition_keeps_the_first_date_and_says_that_it_was_updated(cast: Cast) -> None:
    post = published("A ship", "Seized.", cast=cast, at=NOON)
    assert "Updated" not in seen(post.path)
    rewrite(post, "Released.")
    later = put_out(post, at=NOON + HOUR)
    assert (later.published_at, later.updated_at) == (NOON, NOON + HOUR)
    assert "Updated" in seen(post.path)


def test_taken_down_and_published_again_it_keeps_address_and_first_date(cast: Cast) -> None:
    post = published("A ship", "Seized.", cast=cast, at=NOON)
    path = post.path
    unpublish(post, by=None, at=NOON + HOUR)
    assert client_of(cast.owner).get(path).status_code == 404
    again = put_out(post, at=NOON + 2 * HOUR)
    assert (again.path, again.published_at, again.updated_at) == (path, NOON, NOON + 2 * HOUR)
    assert "Seized." in seen(path)
    assert kinds(post) == ["post.started", "post.published", "post.unpublished", "post.published"]


def test_nobody_else_gets_the_address_while_it_is_down(cast: Cast) -> None:
    first = published("A ship", "One.", cast=cast, slug="ship")
    unpublish(first, by=None, at=timezone.now())
    second = published("A ship", "Two.", cast=cast, slug="ship")
    assert second.path == "/ship-2/"
    assert put_out(first).path == "/ship/"


def test_taking_down_leaves_no_published_word_in_the_live_tables(cast: Cast) -> None:
    post = published(
        "Headlineword", "Openingword.\n\n<!--more-->\n\nBodyword.", cast=cast, visibility="paid",
        standfirst="Standfirstword", lead_alt="Altword", lead_caption="Captionword", lead_credit="Creditword",
    )  # fmt: skip
    words = ("Headlineword", "Standfirstword", "Openingword", "Altword", "Captionword", "Creditword")
    assert all(word in str(Post.objects.filter(pk=post.pk).values()) for word in words)
    unpublish(post, by=None, at=timezone.now())
    live = str(Post.objects.filter(pk=post.pk).values()) + str(list(Body.objects.values()))
    assert not [word for word in (*words, "Bodyword") if word in live]


def test_taking_down_takes_the_schedule_of_the_next_edition_with_it(cast: Cast) -> None:
    post = published("A ship", "One.", cast=cast)
    schedule(frozen(post), timezone.now() + HOUR, by=None, at=timezone.now())
    assert client_of(cast.editor).get(f"/desk/posts/{post.public_id}/").context["scheduled_for"]
    unpublish(post, by=None, at=timezone.now())
    assert client_of(cast.editor).get(f"/desk/posts/{post.public_id}/").context["scheduled_for"] is None


def test_a_draft_that_was_never_out_cannot_be_called_taken_down(cast: Cast) -> None:
    post = written("A draft")
    client_of(cast.editor).post(f"/desk/posts/{post.public_id}/", {"act": "unpublish"})
    post.refresh_from_db()
    assert post.status == "draft"
    assert "post.unpublished" not in kinds(post)


def test_changing_the_visibility_of_what_was_taken_down_does_not_put_it_out(cast: Cast) -> None:
    post = published("A ship", "Seized.", cast=cast)
    unpublish(post, by=None, at=timezone.now())
    with suppress(ValueError):  # a refusal is as good
        change_visibility(post, "paid", by=None, at=timezone.now())
    assert client_of(None).get("/a-ship/").status_code == 404


@pytest.mark.parametrize("visibility", ["public", "paid"])
def test_tags_authors_and_tiers_follow_the_edition(cast: Cast, visibility: str) -> None:
    post = published("A ship", "Words.", cast=cast, visibility=visibility)
    assert "A ship" in seen("/tag/world/") and "A ship" in seen("/author/ines-okafor/")
    rewrite(post, tag_ids=[], author_ids=[10**9], tier_ids=[10**9])
    put_out(post)
    assert "A ship" not in seen("/tag/world/") and "A ship" not in seen("/author/ines-okafor/")
    assert "A ship" in seen("/")
