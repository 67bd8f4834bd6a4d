"""Scheduled posts: at no door before their time, at every door a tick after (check 18)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from masthead.content.models import Post
from masthead.content.publishing import publish, publish_due, schedule, unschedule
from masthead.ops.clock import TICK, tick
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published
from tests.content.writing import frozen, put_out, rewrite, seen, written

DOORS = (
    "/", "/later/", "/archive/", "/tag/world/", "/author/ines-okafor/", "/search/?q=Laterheadline", "/search/?q=Laterwords",
    "/rss/", "/atom.xml", "/feed.json", "/tag/world/rss/", "/author/ines-okafor/feed.json", "/sitemap-news.xml",
    "/sitemaps/posts-1.xml",
)  # fmt: skip
WITHOUT_TITLE = {"/archive/", "/sitemaps/posts-1.xml"}
Clock = Callable[[timedelta], datetime]


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the site's clock go on by so much, with one tick of the minute clock, and return the time."""
    start = timezone.now()

    def go_on(much: timedelta) -> datetime:
        now = start + much
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        tick(now)
        work_off(without=["pictures"])
        return now

    return go_on


def later_post(cast: Cast) -> Post:
    return written(
        "Laterheadline", "Laterwords.", slug="later", tag_ids=[cast.section.pk], author_ids=[cast.writer.pk]
    )  # fmt: skip


def doors_that_show(cast: Cast) -> set[str]:
    """Doors at which anything of the post stands, for anyone and for a gold member."""
    found = set()
    for path in DOORS:
        for member in (None, cast.gold):
            body = client_of(member).get(path).content.decode()
            shown = body.split("<main")[-1].replace('value="Later', "")
            if "Laterheadline" in shown or "Laterwords" in shown or ("/later/" in shown and path != "/later/"):
                found.add(path)
    return found


def test_it_is_at_no_door_before_and_at_every_door_a_tick_after(cast: Cast, wait: Clock) -> None:
    published("Another", "Words.", cast=cast)
    post = later_post(cast)
    due = timezone.now() + timedelta(hours=3)
    schedule(frozen(post), due, by=None, at=timezone.now())
    wait(timedelta(hours=3) - timedelta(seconds=1))
    assert doors_that_show(cast) == set()
    assert client_of(cast.gold).get("/later/").status_code == 404
    wait(timedelta(hours=3, seconds=TICK))
    assert doors_that_show(cast) == set(DOORS) - {"/archive/"}
    post.refresh_from_db()
    assert post.published_at == due == post.updated_at


def test_a_schedule_that_was_moved_leaves_no_early_copy(cast: Cast, wait: Clock) -> None:
    post = later_post(cast)
    revision = frozen(post)
    for hours in (1, 5):
        schedule(revision, timezone.now() + timedelta(hours=hours), by=None, at=timezone.now())
    wait(timedelta(hours=2))
    assert doors_that_show(cast) == set()
    wait(timedelta(hours=5, minutes=1))
    assert "/later/" in doors_that_show(cast)


def test_a_schedule_that_was_taken_back_publishes_nothing(cast: Cast, wait: Clock) -> None:
    post = later_post(cast)
    schedule(frozen(post), timezone.now() + timedelta(hours=1), by=None, at=timezone.now())
    assert unschedule(post, by=None, at=timezone.now()) is True
    assert unschedule(post, by=None, at=timezone.now()) is False
    wait(timedelta(hours=2))
    assert doors_that_show(cast) == set()


def test_what_is_typed_after_scheduling_does_not_go_out(cast: Cast, wait: Clock) -> None:
    post = later_post(cast)
    schedule(frozen(post), timezone.now() + timedelta(hours=1), by=None, at=timezone.now())
    rewrite(post, "Typedsince.")
    wait(timedelta(hours=1, minutes=1))
    assert "Laterwords." in seen("/later/") and "Typedsince." not in seen("/later/")


def test_publishing_by_hand_uses_the_schedule_up(cast: Cast, wait: Clock) -> None:
    post = later_post(cast)
    schedule(frozen(post), timezone.now() + timedelta(hours=1), by=None, at=timezone.now())
    rewrite(post, "By hand.")
    first = put_out(post).published_at
    wait(timedelta(hours=2))
    assert "By hand." in seen("/later/")
    post.refresh_from_db()
    assert post.published_at == first


def test_two_clocks_publish_it_once(cast: Cast) -> None:
    post = later_post(cast)
    schedule(frozen(post), timezone.now(), by=None, at=timezone.now())
    at = timezone.now() + timedelta(seconds=1)
    assert [row.pk for row in publish_due(at=at)] == [post.pk]
    assert publish_due(at=at) == []


def test_one_that_cannot_be_published_holds_up_no_other(cast: Cast, wait: Clock) -> None:
    """Its headline makes an address that is the site's own."""
    bad = written("Search", "Nobody chose an address.")
    good = written("Laterheadline", "Laterwords.", slug="later")
    for minutes, post in ((1, bad), (2, good)):
        schedule(frozen(post), timezone.now() + timedelta(minutes=minutes), by=None, at=timezone.now())
    wait(timedelta(hours=1))
    assert client_of(None).get("/later/").status_code == 200


def test_an_import_with_a_date_to_come_is_hidden_until_then(cast: Cast, wait: Clock) -> None:
    post = later_post(cast)
    due = timezone.now() + timedelta(hours=2)
    publish(frozen(post), by=None, at=timezone.now(), first_at=due)
    wait(timedelta(hours=1))
    assert doors_that_show(cast) == set()
    wait(timedelta(hours=2, minutes=1))
    assert "/later/" in doors_that_show(cast) and "/" in doors_that_show(cast)
