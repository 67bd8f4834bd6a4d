"""What stands in front is told everything that is purged, by the task worker and by no one else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from masthead.content.models import Post
from masthead.content.publishing import unpublish
from masthead.core import events
from masthead.ops.queue import FIRST_WAIT, retry_failed
from masthead.ops.reactions import ARRIVED
from masthead.ops.worker import work_off
from masthead.pagestore import in_front, log
from masthead.pagestore.models import Purge
from masthead.pagestore.providers import PurgeError, provider
from tests.cast import Cast, published
from tests.stand_ins.listening import said
from tests.stand_ins.shared_cache import TOKEN, SharedCache, shared_cache

FORMS = ("http", "json")


@pytest.fixture
def cache(db: None, settings: Any) -> Iterator[SharedCache]:
    """A cache in front that is told by PURGE and wants a token."""
    with shared_cache(token=TOKEN) as cache:
        settings.PURGE_PROVIDER, settings.PURGE_ADDRESS = "http", f"{cache.server.url}/purge"
        settings.PURGE_TOKEN, settings.FETCH_ALLOW = TOKEN, [cache.server.pair]
        yield cache


def told(cache: SharedCache) -> set[str]:
    """Return all tags that the cache was told."""
    return {tag for tags in cache.purged for tag in tags}


def tasks(name: str) -> list[DBTaskResult[Any, Any]]:
    """Return the tasks of a name."""
    return list(DBTaskResult.objects.filter(task_path=f"masthead.ops.reactions.{name}").order_by("enqueued_at"))


@pytest.mark.parametrize("form", FORMS)
def test_what_the_purge_log_says_is_what_is_told(cache: SharedCache, cast: Cast, settings: Any, form: str) -> None:
    settings.PURGE_PROVIDER = form
    work_off()
    before, cache.purged = Purge.objects.count(), []
    post = published("A ship", "It sails.", cast=cast)
    assert cache.purged == []
    work_off()
    written = set(Purge.objects.order_by("pk").values_list("tag", flat=True)[before:])
    assert told(cache) == written and f"post:{post.pk}" in written
    assert not Purge.objects.filter(is_told=False).exists()


@pytest.mark.parametrize("form", FORMS)
def test_many_tags_go_in_calls_that_are_not_too_large(cache: SharedCache, settings: Any, form: str) -> None:
    settings.PURGE_PROVIDER = form
    tags = [f"post:{number}" for number in range(250)]
    chosen = provider()
    assert chosen is not None
    chosen.purge(tags)
    assert [tag for call in cache.purged for tag in call] == tags
    assert [len(call) for call in cache.purged] == ([100, 100, 50] if form == "http" else [30] * 8 + [10])


def test_the_method_purge_says_the_tags_for_varnish_too(cache: SharedCache) -> None:
    chosen = provider()
    assert chosen is not None
    chosen.purge(["lists", "post:1"])
    asked = cache.server.asked[-1]
    assert (asked.line, asked.body) == ("PURGE /purge HTTP/1.1", b"")
    assert (asked.headers["cache-tag"], asked.headers["xkey"]) == ("lists,post:1", "lists post:1")


def test_json_is_what_cloudflare_takes(cache: SharedCache, settings: Any) -> None:
    settings.PURGE_PROVIDER = "json"
    chosen = provider()
    assert chosen is not None
    chosen.purge(["lists", "post:1"])
    asked = cache.server.asked[-1]
    assert asked.method == "POST" and json.loads(asked.body) == {"tags": ["lists", "post:1"]}
    assert (asked.headers["content-type"], asked.headers["authorization"]) == ("application/json", f"Bearer {TOKEN}")


REFUSALS = {
    "an error": said(b"", "500 Internal Server Error"),
    "too often": said(b"", "429 Too Many Requests"),
    "elsewhere": said(b"", "302 Found", location="https://elsewhere.example/"),
    "success that is none": said(b'{"success": false, "errors": [{"message": "no such zone"}]}'),
    "no answer": b"",
    "no HTTP": b"hello\r\n\r\n",
}


@pytest.mark.parametrize("why", REFUSALS)
def test_a_purge_that_fails_says_so_and_hides_nothing(cache: SharedCache, cast: Cast, settings: Any, why: str) -> None:
    settings.PURGE_PROVIDER = "json"
    work_off()
    cache.purged, cache.failures = [], type(cache.failures)([REFUSALS[why]])
    post = published("A ship", "It sails.", cast=cast)
    with pytest.raises(PurgeError) as raised:
        in_front.tell()
    assert TOKEN not in str(raised.value) and "told" in str(raised.value)
    assert Purge.objects.filter(is_told=False, tag=f"post:{post.pk}").exists() and cache.purged == []
    in_front.tell()
    assert f"post:{post.pk}" in told(cache)


def test_a_failed_purge_stops_nothing_else_and_is_tried_again_alone(cache: SharedCache, cast: Cast) -> None:
    work_off()
    cache.purged, cache.failures = [], type(cache.failures)([REFUSALS["an error"]])
    post = published("A ship", "It sails.", cast=cast)
    work_off()
    assert Post.objects.live(timezone.now()).filter(pk=post.pk).exists()
    states = {row.task_path.rpartition(".")[2]: row.status for row in DBTaskResult.objects.all()}
    assert states["purge_in_front"] == TaskResultStatus.FAILED and states["react"] == TaskResultStatus.SUCCESSFUL
    assert retry_failed(at=timezone.now() + 2 * FIRST_WAIT) == 1
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now() - timedelta(seconds=1))
    work_off()
    assert f"post:{post.pk}" in told(cache)


def test_the_next_act_tells_what_failed_before(cache: SharedCache, cast: Cast) -> None:
    work_off()
    cache.purged, cache.failures = [], type(cache.failures)([REFUSALS["an error"]])
    first = published("A ship", "It sails.", cast=cast)
    work_off()
    second = published("A harbour", "It is deep.", cast=cast)
    work_off()
    assert {f"post:{first.pk}", f"post:{second.pk}"} <= told(cache)


def test_everything_is_told_once_more_when_what_was_under_way_has_arrived(cache: SharedCache, cast: Cast) -> None:
    work_off()
    DBTaskResult.objects.all().delete()
    cache.purged = []
    post = published("A ship", "It sails.", cast=cast)
    work_off()
    (again,) = tasks("purge_again")
    wait = again.run_after - timezone.now()
    assert ARRIVED - timedelta(seconds=20) < wait <= ARRIVED and again.status == TaskResultStatus.READY
    first, cache.purged = told(cache), []
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now() - timedelta(seconds=1))
    work_off()
    assert told(cache) == first and f"post:{post.pk}" in first


def test_what_was_rolled_back_is_never_told(cache: SharedCache, cast: Cast) -> None:
    work_off()
    cache.purged = []
    with transaction.atomic():
        published("A ship", "It sails.", cast=cast)
        transaction.set_rollback(True)
    work_off()
    assert cache.purged == []


def test_many_acts_are_told_in_one_call(cache: SharedCache, cast: Cast) -> None:
    work_off()
    cache.purged = []
    posts = [published(f"Ship {number}", "It sails.", cast=cast) for number in range(5)]
    work_off()
    assert len(cache.purged) == 1 and {f"post:{post.pk}" for post in posts} <= told(cache)


def test_nothing_is_told_of_members(cache: SharedCache, cast: Cast) -> None:
    work_off()
    cache.purged = []
    with transaction.atomic():
        events.write("access.changed", f"member:{cast.paid.pk}", at=timezone.now(), source="test")
    work_off()
    assert cache.purged == [] and not Purge.objects.filter(is_told=False).exists()


def test_of_very_many_tags_only_the_one_of_all_is_told(cache: SharedCache) -> None:
    with transaction.atomic():
        log.write([f"post:{number}" for number in range(in_front.MOST + 1)], at=timezone.now())
    assert in_front.tell() == ["site"] and cache.purged == [["site"]]
    assert not Purge.objects.filter(is_told=False).exists()


def test_without_a_provider_nothing_is_queued_and_nobody_is_asked(
    cache: SharedCache, cast: Cast, settings: Any
) -> None:
    DBTaskResult.objects.all().delete()
    settings.PURGE_PROVIDER = ""
    post = published("A ship", "It sails.", cast=cast)
    unpublish(post, by=None, at=timezone.now())
    work_off()
    assert tasks("purge_in_front") == [] and cache.server.calls == 0


def test_a_private_address_is_told_only_by_leave_of_the_operator(cache: SharedCache, settings: Any) -> None:
    settings.FETCH_ALLOW = []
    chosen = provider()
    assert chosen is not None
    with pytest.raises(PurgeError, match="fetch_allow"):
        chosen.purge(["site"])
    assert cache.server.calls == 0
    settings.FETCH_ALLOW = [cache.server.pair]
    chosen.purge(["site"])
    assert cache.purged == [["site"]]
