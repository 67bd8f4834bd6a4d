"""A running Ghost, read through its Admin API over real HTTP."""

import json
import logging
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from masthead.importers.ghost.calling import TRIES
from masthead.importers.ghost.remote import Ghost, GhostError
from tests.stand_ins.ghost import KEY, SECRET, StandIn, failing, member, running_ghost
from tests.stand_ins.listening import listening, said


@pytest.fixture
def there(settings: Any) -> Iterator[StandIn]:
    with running_ghost() as ghost:
        settings.FETCH_ALLOW = [ghost.server.pair]
        yield ghost


def reading(there: StandIn, waits: list[float] | None = None, key: str = KEY) -> Ghost:
    return Ghost(there.url, key, sleep=(waits if waits is not None else []).append)


def test_it_says_what_it_is(there: StandIn) -> None:
    assert reading(there).about()["title"] == "The Paper"


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250])
def test_every_member_comes_once_a_batch_at_a_time(there: StandIn, count: int) -> None:
    there.members = [member(number, tiers=[{"id": "t", "expiry_at": None}]) for number in range(count)]
    batches = list(reading(there).batches("members"))
    assert [row for batch in batches for row in batch.rows] == there.members
    assert [batch.number for batch in batches] == list(range(1, max(1, -(-count // 100)) + 1))
    assert {(batch.of, batch.total) for batch in batches} == {(len(batches), count)}
    assert "include=labels,newsletters,tiers,subscriptions" in there.asked[0]
    assert "order=created_at asc, id asc" in there.asked[0]


def test_one_batch_is_held_and_the_next_is_asked_for_only_when_wanted(there: StandIn) -> None:
    there.members = [member(number) for number in range(250)]
    found = reading(there).members()
    assert there.asked == []
    for _ in range(100):
        next(found)
    assert len(there.asked) == 1


def test_reading_goes_on_at_the_batch_where_it_stopped(there: StandIn) -> None:
    there.members = [member(number) for number in range(250)]
    assert list(reading(there).members(start=3)) == there.members[200:]


def test_posts_come_in_every_status_with_their_text(there: StandIn) -> None:
    there.posts = [{"id": str(number), "lexical": "{}"} for number in range(60)]
    there.pages = [{"id": "page"}]
    ghost = reading(there)
    assert list(ghost.posts()) == there.posts and list(ghost.pages()) == there.pages
    assert "status:[draft,published,scheduled,sent]" in there.asked[0] and "formats=lexical,html" in there.asked[0]


def test_every_reply_comes_with_its_comment(there: StandIn) -> None:
    """Ghost lists three replies of each; the rest are asked for."""
    replies = [{"id": f"r{number}", "post_id": "p", "parent_id": "b"} for number in range(130)]
    there.comments = [{"id": "a", "post_id": "p"}, {"id": "b", "post_id": "p"}, {"id": "c", "post_id": "q"}, *replies]
    found = list(reading(there).comments("p"))
    assert [(row["id"], len(row["replies"])) for row in found] == [("a", 0), ("b", 130)]


def test_the_smaller_lists_and_the_files_come_whole(there: StandIn, tmp_path: Path) -> None:
    for name in ("newsletters", "tiers", "offers", "labels", "users", "snippets"):
        setattr(there, name, [{"id": f"{name}{number}"} for number in range(3)])
    there.redirects, there.routes, there.members_csv = (
        b'[{"from": "/a", "to": "/b"}]',
        b"routes:\n",
        b"id,email\n1,a@b.c\n",
    )
    ghost = reading(there)
    for name in ("newsletters", "tiers", "offers", "labels", "users", "snippets"):
        assert list(getattr(ghost, name)()) == getattr(there, name)
    assert (ghost.redirects(), ghost.routes()) == (there.redirects, there.routes)
    ghost.save_export(tmp_path / "all.json")
    ghost.save_members(tmp_path / "members.csv")
    assert json.loads((tmp_path / "all.json").read_text()) == there.export
    assert (tmp_path / "members.csv").read_bytes() == there.members_csv
    assert not any("15" in path for path in there.asked)


@pytest.mark.parametrize(
    "address", ["{}", "{}/", "{}/ghost", "{}/ghost/", "{}/ghost/#/dashboard", " {} ", "{}/ghost/api/admin/"]
)
def test_the_address_is_taken_as_people_have_it(there: StandIn, address: str) -> None:
    ghost = Ghost(address.format(there.url), KEY)
    assert ghost.site == there.url and ghost.about()


def test_a_bare_name_means_https_and_a_folder_is_kept() -> None:
    assert Ghost("paper.example", KEY).site == "https://paper.example"
    assert Ghost("paper.example/blog/ghost/#/x", KEY).site == "https://paper.example/blog"
    assert Ghost("https://paper.example/ghostwriters/", KEY).site == "https://paper.example/ghostwriters"


@pytest.mark.parametrize("address", ["", "ftp://paper.example", "https://", "https://me@paper.example", "http://[x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(GhostError, match=r"https://paper\.example"):
        Ghost(address, KEY)


@pytest.mark.parametrize(
    "key", ["", "words", "0123456789abcdef0123456789", KEY[:-1], KEY.replace(":", "-"), f"{KEY}:x"]
)
def test_a_key_of_the_wrong_form_is_refused_before_anything_is_asked(key: str) -> None:
    with pytest.raises(GhostError, match="Settings > Integrations") as error:
        Ghost("https://paper.example", key)
    assert not key or key not in str(error.value)


@pytest.mark.parametrize("failure", ["cut", *(failing(f"{status} No") for status in (429, 500, 502, 503, 504))])
def test_what_passes_by_itself_is_waited_out(there: StandIn, failure: bytes | str) -> None:
    there.members = [member(number) for number in range(150)]
    there.failures = deque([failure, failure, b"", failure])
    waits: list[float] = []
    assert list(reading(there, waits).members()) == there.members
    assert waits == [1, 2, 1]


@pytest.mark.parametrize(
    ("said_wait", "waited"),
    [
        ("7", 7),
        ("0", 0),
        ("999999", 300),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("soon", 1),
    ],
)
def test_a_wait_that_is_asked_for_is_kept_within_reason(there: StandIn, said_wait: str, waited: float) -> None:
    there.failures = deque([failing("429 Too Many Requests", retry_after=said_wait)])
    there.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    waits: list[float] = []
    list(Ghost(there.url, KEY, now=lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC), sleep=waits.append).labels())
    assert waits == [waited]


def test_files_are_tried_again_too(there: StandIn, tmp_path: Path) -> None:
    there.failures = deque([failing("503 No", retry_after="9"), "cut", b""])
    waits: list[float] = []
    reading(there, waits).save_export(tmp_path / "all.json")
    assert waits == [9, 2] and (tmp_path / "all.json").exists()


def test_patience_ends_and_says_so(there: StandIn) -> None:
    there.failures = deque([failing("503 No")] * 99)
    waits: list[float] = []
    with pytest.raises(GhostError, match=r"503.*again later"):
        list(reading(there, waits).members())
    assert waits == [1, 2, 4, 8, 16] and len(there.asked) == TRIES


def test_a_refused_key_is_not_tried_again_and_the_message_says_what_to_do(there: StandIn) -> None:
    other = KEY[:25] + "0" * 64
    for key in (other, "0" * 24 + KEY[24:]):
        with pytest.raises(GhostError, match=r"key was refused.*Settings > Integrations"):
            reading(there, key=key).about()
    there.forbidden = {"db"}
    with pytest.raises(GhostError, match=r"refused by .* for “db”.*staff access token"):
        reading(there).save_export(Path("never"))
    assert [path.split("/")[4] for path in there.asked] == ["site", "newsletters"] * 2 + ["db"]


@pytest.mark.parametrize(
    "answer",
    [
        said(b"<h1>hello</h1>"), said(b"[]"), said(b"{}"), said(b'{"site": 1}'), said(b"[" * 100_000), said(b"\xff"),
        said(b"", "404 Not Found"), said(b"", "204 No Content", content_length=""), said(b"", "418 Teapot"),
    ],
)  # fmt: skip
def test_what_is_no_ghost_is_called_so(settings: Any, answer: bytes) -> None:
    with listening(lambda asked: answer) as server:
        settings.FETCH_ALLOW = [server.pair]
        for act in (lambda ghost: ghost.about(), lambda ghost: list(ghost.members())):
            with pytest.raises(GhostError, match=r"does not answer as|as no Ghost does"):
                act(Ghost(server.url, KEY))


def test_a_site_whose_admin_lives_elsewhere_says_where(settings: Any, there: StandIn) -> None:
    there.members = [member(1)]
    settings.FETCH_ALLOW = [there.server.pair, f"localhost:{there.server.port}"]
    moved = f"http://127.0.0.1:{there.server.port}/ghost/api/admin/members/"
    there.failures = deque([said(b"", "301 Moved", location=moved)])
    with pytest.raises(GhostError, match=r"“localhost” sends its Admin API to “127\.0\.0\.1”"):
        list(Ghost(f"http://localhost:{there.server.port}", KEY).members())
    assert "authorization" not in there.server.asked[-1].headers


def test_a_private_ghost_needs_the_operators_leave_and_the_message_says_how(there: StandIn, settings: Any) -> None:
    settings.FETCH_ALLOW = []
    with pytest.raises(GhostError, match=f"add “{there.server.pair}” to fetch_allow in masthead.toml"):
        reading(there).about()
    assert there.server.calls == 0


def test_the_key_is_nowhere_to_be_read(there: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    there.members, there.failures = [member(1)], deque([failing("503 No")])
    ghost = reading(there)
    list(ghost.members())
    there.failures = deque([failing("400 No")])
    with pytest.raises(GhostError) as error:
        list(ghost.members())
    texts = [str(error.value), repr(error.value), repr(ghost), repr(vars(ghost)), repr(vars(ghost._call)), caplog.text]
    seen = "\n".join([*texts, str(error.getrepr(style="short"))])
    assert SECRET not in seen and KEY[:24] not in seen
    assert there.server.asked[0].headers["authorization"].split(" ")[1] not in seen
    assert all("Ghost " in asked.headers["authorization"] for asked in there.server.asked)


def test_a_file_of_the_site_is_served(there: StandIn, tmp_path: Path) -> None:
    """The stand-in serves pictures, for whoever brings them over."""
    from masthead.core.fetching import fetch_to

    there.files = {"/content/images/2024/01/a b.jpg": b"picture"}
    fetch_to(f"{there.url}/content/images/2024/01/a%20b.jpg", tmp_path / "a.jpg", most_bytes=100)
    assert (tmp_path / "a.jpg").read_bytes() == b"picture"
