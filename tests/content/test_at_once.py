"""Two people, or two clocks, at the same time: one wins whole, nobody's words are lost."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from masthead.content.document import from_markdown
from masthead.content.editing import EditConflict, draft_of, save_draft
from masthead.content.models import Address, Body, Post, Revision
from masthead.content.publishing import publish, publish_due, schedule, unpublish
from masthead.core.models import Event
from tests.cast import Cast, client_of, make_cast
from tests.content.writing import frozen, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Return the cast, in tables that other threads see."""
    return make_cast()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread of its own, begun together; return what each gave or raised."""
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait(10)
        try:
            given[place] = act()
        except Exception as error:  # handed to the test
            given[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


def words(post: Post) -> set[str]:
    """Which edition each part of the post is of."""
    post.refresh_from_db()
    body = Body.objects.filter(post=post).first()
    parts = [post.title, str(post.opening), str(body.document) if body else ""]
    return {name for name in ("Alpha", "Beta") for part in parts if name in part}


def edition(post: Post, name: str) -> Revision:
    version = draft_of(post).version
    document = from_markdown(f"{name} opening.\n\n<!--more-->\n\n{name} body.").document.json
    fields = {"title": name, "document": document, "visibility": "paid", "slug": "ship"}
    save_draft(post, fields, version=version, by=None, at=timezone.now())
    return frozen(post)


def test_of_two_editions_published_at_once_one_is_out_whole(cast: Cast) -> None:
    for _ in range(4):
        post = written("A ship")
        one, two = edition(post, "Alpha"), edition(post, "Beta")
        given = at_once(
            partial(publish, one, by=None, at=timezone.now()), partial(publish, two, by=None, at=timezone.now())
        )
        assert not [error for error in given if isinstance(error, Exception)], given
        assert len(words(post)) == 1
        assert Address.objects.filter(post=post).count() == 1


def test_two_posts_that_want_one_address_at_once_get_two(cast: Cast) -> None:
    for number in range(4):
        posts = [written("A ship", f"Text{n}.", slug=f"ship-{number}") for n in range(2)]
        revisions = [frozen(post) for post in posts]
        given = at_once(*(partial(publish, revision, by=None, at=timezone.now()) for revision in revisions))
        assert not [error for error in given if isinstance(error, Exception)], given
        for place, post in enumerate(posts):
            post.refresh_from_db()
            assert f"Text{place}." in client_of(None).get(post.path).content.decode()
        assert {post.path for post in posts} == {f"/ship-{number}/", f"/ship-{number}-2/"}


def test_publishing_and_taking_down_at_once_leaves_one_of_the_two(cast: Cast) -> None:
    for _ in range(4):
        post = written("A ship")
        publish(edition(post, "Alpha"), by=None, at=timezone.now())
        next_one = edition(post, "Beta")
        given = at_once(
            partial(publish, next_one, by=None, at=timezone.now()),
            partial(unpublish, Post.objects.get(pk=post.pk), by=None, at=timezone.now()),
        )
        assert not [error for error in given if isinstance(error, Exception)], given
        left = words(post)
        assert left == ({"Beta"} if post.status == "published" else set())
        assert Body.objects.filter(post=post).exists() is (post.status == "published")


def test_two_clocks_at_once_publish_a_schedule_once(cast: Cast) -> None:
    for _ in range(4):
        post = written("A ship")
        schedule(edition(post, "Alpha"), timezone.now(), by=None, at=timezone.now())
        now = timezone.now()
        given = at_once(partial(publish_due, at=now), partial(publish_due, at=now))
        assert sorted(len(rows) for rows in given) == [0, 1]
        told = Event.objects.filter(subject=f"post:{post.pk}", kind="post.published")
        assert (told.count(), words(post)) == (1, {"Alpha"})


def test_of_two_saves_at_once_one_is_kept_and_the_other_is_told(cast: Cast) -> None:
    post = written("A ship")
    for version in range(1, 6):
        given = at_once(
            *(
                partial(save_draft, post, {"title": name}, version=version, by=None, at=timezone.now())
                for name in ("Alpha", "Beta")
            )
        )
        lost = [error for error in given if isinstance(error, EditConflict)]
        assert len(lost) == 1 and draft_of(post).version == version + 1
        assert lost[0].draft.title == draft_of(post).title


def test_two_freezes_at_once_get_two_numbers(cast: Cast) -> None:
    post = written("A ship")
    given = at_once(lambda: frozen(post), lambda: frozen(post), lambda: frozen(post))
    assert sorted(revision.number for revision in given) == [1, 2, 3]
