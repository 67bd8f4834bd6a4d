"""“Try to steal it”: nothing for those outside, the words for those who may read, and red for a leak."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client, override_settings

from masthead.content import reading
from masthead.content.models import Post
from masthead.ops.demo.stealing import count_stolen, doors, gated_runs
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published

TEXT = """An opening that everybody may read to its end.

<!--more-->

The minister promised “eighteen sailors” & their release before the treaty expires on Friday.

- the ship Aurora was seized on 3 May
- nobody was hurt at all
"""


@pytest.fixture(autouse=True)
def _demo() -> Iterator[None]:
    with override_settings(MODE="demo"):
        yield


@pytest.fixture
def post(cast: Cast) -> Post:
    made = published("The treaty", TEXT, cast=cast, visibility="paid")
    work_off(without=["pictures"])
    return made


def tried(post: Post, member: Any) -> tuple[int, bool, str]:
    """Press the button; return how many words came, whether one may have them, and the page."""
    answer = client_of(member).post(f"/demo/steal/{post.public_id}/try/")
    assert answer.status_code == 200
    return answer.context["stolen"], answer.context["may"], answer.content.decode()


@pytest.mark.parametrize("name", ["anyone", "free", "lapsed", "banned"])
def test_those_outside_get_nothing_through_any_door(cast: Cast, post: Post, name: str) -> None:
    stolen, may, body = tried(post, cast.members.get(name))
    assert (stolen, may) == (0, False)
    assert f"0 gated words through {len(doors(post))} doors" in body
    assert 'class="verdict good"' in body and "a leak" not in body


@pytest.mark.parametrize("name", ["paid", "gold", "gifted", "editor"])
def test_those_who_may_read_do_get_the_words_and_it_is_no_leak(cast: Cast, post: Post, name: str) -> None:
    """Otherwise the thief would find nothing because it looks at nothing."""
    stolen, may, body = tried(post, cast.members[name])
    assert stolen > 10 and may
    assert "this reader may read the post" in body and 'class="verdict good"' in body


@pytest.mark.parametrize("leak", ["rule", "feed", "page", "search"])
def test_a_leak_shows_red(cast: Cast, post: Post, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded faults."""
    from masthead.access.reader import STAFF
    from masthead.search import queries
    from masthead.site.doors import feeds

    runs = gated_runs(post)
    monkeypatch.setattr("masthead.ops.demo.stealing.gated_runs", lambda post: runs)
    monkeypatch.setattr("masthead.ops.demo.views.may_have_it", lambda post, reader: False)
    if leak == "rule":
        monkeypatch.setattr(reading, "may_read", lambda reader, **_: Q(pk__isnull=False))
    elif leak == "feed":
        monkeypatch.setattr(feeds, "ANYONE", STAFF)
    elif leak == "page":
        monkeypatch.setattr("masthead.site.views.posts.read_one", lambda post, reader: reading.read_one(post, STAFF))
    else:
        monkeypatch.setattr(queries, "may_read", lambda reader, **_: Q(pk__isnull=False))
        monkeypatch.setattr(queries, "read", lambda posts, reader: reading.read(posts, STAFF))
    stolen, _, body = tried(post, None)
    assert stolen > 0 and "a leak" in body and 'class="bad"' in body and 'class="verdict bad"' in body


ESCAPED = {
    "as it is": "promised eighteen sailors release",
    "HTML": "promised <b>eighteen</b> &quot;sailors&quot; release",
    "twice escaped": "promised &amp;lt;b&amp;gt; eighteen sailors release",
    "JSON": "promised \\u0022eighteen\\u0022 sailors release",
    "line by line": "promised\neighteen\r\n sailors\t release",
    "capitals": "PROMISED EIGHTEEN SAILORS RELEASE",
}


@pytest.mark.parametrize("form", ESCAPED)
def test_words_are_counted_however_they_are_written(form: str) -> None:
    runs: set[tuple[str, ...]] = {("promised", "eighteen", "sailors", "release")}
    assert count_stolen(ESCAPED[form].encode(), runs) == 4
    assert count_stolen(b"promised eighteen other release", runs) == 0


def test_words_that_were_asked_for_are_not_counted_when_they_come_back() -> None:
    runs: set[tuple[str, ...]] = {("promised", "eighteen", "sailors", "release")}
    echo = b"You looked for: promised eighteen sailors release"
    assert count_stolen(echo, runs) == 4
    assert count_stolen(echo, runs, asked="promised eighteen sailors release") == 0


def test_a_public_post_has_nothing_to_steal(cast: Cast) -> None:
    post = published("Open", TEXT, cast=cast)
    assert gated_runs(post) == set()
    assert tried(post, None)[:2] == (0, True)


def test_words_that_the_paper_shows_elsewhere_are_not_stolen(cast: Cast, post: Post) -> None:
    before = gated_runs(post)
    published("Open", "Nobody was hurt at all, it says.", cast=cast)
    assert ("nobody", "was", "hurt", "at") in before - gated_runs(post)


@pytest.mark.parametrize("mode", ["live", "dev"])
def test_outside_the_demo_there_is_no_thief(cast: Cast, post: Post, mode: str) -> None:
    paths = [f"/demo/steal/{post.public_id}/", f"/demo/steal/{post.public_id}/try/"]
    with override_settings(MODE=mode):
        assert [client_of(cast.owner).generic(m, p).status_code for p in paths for m in ("GET", "POST")] == [404] * 4
        assert "Try to steal it" not in client_of(None).get(post.path).content.decode()
    assert client_of(None).get(paths[0]).status_code == 200
    assert "Try to steal it" in client_of(None).get(post.path).content.decode()


def test_only_a_post_that_is_out_can_be_tried_and_only_with_a_token(cast: Cast, post: Post) -> None:
    from tests.content.writing import written

    draft = written("Draft")
    assert client_of(cast.owner).get(f"/demo/steal/{draft.public_id}/").status_code == 404
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"/demo/steal/{post.public_id}/try/").status_code == 403
    assert browser.get(f"/demo/steal/{post.public_id}/try/").status_code == 405


def test_the_thief_leaves_no_session_behind(cast: Cast, post: Post) -> None:
    from django.contrib.sessions.models import Session

    before = Session.objects.count()
    tried(post, None)
    assert Session.objects.count() == before
