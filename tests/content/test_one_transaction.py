"""Each act is one transaction: a failure in its middle leaves everything as it was."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.content import editing, publishing
from masthead.content.changing import change_publication, set_sections
from masthead.content.models import Post
from masthead.core import events
from tests.cast import Cast, published
from tests.content.tables import changed_tables, content_tables
from tests.content.writing import frozen, rewrite, written

SOON = timedelta(hours=1)
NOBODY: dict[str, Any] = {"by": None}


def at() -> Any:
    return {"by": None, "at": timezone.now()}


def scheduled(post: Post, after: timedelta = SOON) -> None:
    publishing.schedule(frozen(post), timezone.now() + after, **at())


ACTS: dict[str, Callable[[Post, Post], object]] = {
    "publish": lambda draft, out: publishing.publish(frozen(draft), **at()),
    "publish the next edition": lambda draft, out: publishing.publish(frozen(out), **at()),
    "unpublish": lambda draft, out: publishing.unpublish(out, **at()),
    "schedule": lambda draft, out: publishing.schedule(frozen(draft), timezone.now() + SOON, **at()),
    "change visibility": lambda draft, out: publishing.change_visibility(out, "public", **at()),
    "start": lambda draft, out: editing.start_post(title="Another", **at()),
    "change the publication": lambda draft, out: change_publication({"uncut_paragraphs": 1, "name": "New"}, **at()),
    "set sections": lambda draft, out: set_sections(["World", "City"], **at()),
}


@pytest.fixture
def posts(cast: Cast) -> tuple[Post, Post]:
    """Return a draft, and a gated post that is out with a next edition in its draft."""
    out = published("Old headline", "One.\n\nTwo.\n\nThree.", cast=cast, visibility="paid", slug="out")
    rewrite(out, "New one.\n\n<!--more-->\n\nNew two.", title="New headline", slug="new", visibility="members")
    return written("A draft", "Words.", slug="draft", tag_ids=[cast.section.pk]), out


def failing(*_: Any, **__: Any) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize("act", ACTS)
def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    act: str, posts: tuple[Post, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen_before = {post: frozen(post) for post in posts}
    monkeypatch.setitem(globals(), "frozen", lambda post: frozen_before[post])
    before = content_tables()
    with monkeypatch.context() as broken:
        broken.setattr(events, "write", failing)
        with pytest.raises(OSError, match="the disk is full"):
            ACTS[act](*posts)
    assert changed_tables(before, content_tables()) == set()
    ACTS[act](*(Post.objects.get(pk=post.pk) for post in posts))
    assert {"Event"} < changed_tables(before, content_tables())


@pytest.mark.parametrize("act", ["unschedule", "publish due"])
def test_a_failure_leaves_the_schedule_standing(
    act: str, posts: tuple[Post, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, _ = posts
    scheduled(draft)
    later = timezone.now() + 2 * SOON
    before = content_tables()
    acts: dict[str, Callable[[], object]] = {
        "unschedule": lambda: publishing.unschedule(draft, **at()),
        "publish due": lambda: publishing.publish_due(at=later),
    }
    with monkeypatch.context() as broken:
        broken.setattr(events, "write", failing)
        with suppress(OSError):
            acts[act]()
    assert changed_tables(before, content_tables()) == set()
    assert acts[act]()
    assert {"Schedule", "Event"} <= changed_tables(before, content_tables())


def test_a_failure_before_the_last_table_leaves_no_half_edition(
    posts: tuple[Post, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body is written before the post's own row: here the act dies between the two."""
    _, out = posts
    revision = frozen(out)
    before = content_tables()
    monkeypatch.setattr(publishing, "_connect", failing)
    with pytest.raises(OSError, match="the disk is full"):
        publishing.publish(revision, **at())
    assert changed_tables(before, content_tables()) == set()


def test_the_comparison_does_see_a_half_act(posts: tuple[Post, Post]) -> None:
    """The seeded fault: one table written, the others not."""
    before = content_tables()
    Post.objects.filter(pk=posts[1].pk).update(title="Half")
    assert changed_tables(before, content_tables()) == {"Post"}
