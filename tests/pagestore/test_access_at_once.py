"""What a member may open, and who they are to the site, is another at their very next request, in every worker (check 20)."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pagestore.live import Answer, Live, ask, live
from tests.pagestore.reading import MOST, Browser, cookie_header, readers

WORKERS = 4
GATED = "Gatedwords"
TEXT = "Openingwords stand above.\n\n<!--more-->\n\nGatedwords stand below."
Post = dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with its cast, served by four workers."""
    with live(tmp_path_factory.mktemp("live") / "paper", workers=WORKERS) as site:
        site.act("make_cast")
        yield site


@pytest.fixture(scope="module")
def posts(site: Live) -> dict[str, Post]:
    """One post of each visibility, and one for the dearer tier."""
    tiers = {name: site.act("tier", slug=name) for name in ("paid", "gold")}
    return {
        "members": site.act("publish", title="For members", text=TEXT, visibility="members"),
        "paid": site.act("publish", title="For payers", text=TEXT, visibility="paid"),
        "gold": site.act("publish", title="For gold", text=TEXT, visibility="tiers", tiers=[tiers["gold"]]),
    }


def is_open(answer: Answer) -> bool:
    """Say whether a page has the words below the cut."""
    return answer.status == 200 and GATED in answer.text


def warm(browsers: list[Browser], post: Post, *, opens: bool) -> None:
    """Let every browser read a post from the store of its worker, as its member gets it."""
    assert len(browsers) == WORKERS
    assert [is_open(browser.warmed(post["path"])) for browser in browsers] == [opens] * WORKERS


def next_shows(browsers: list[Browser], post: Post, *, opens: bool) -> None:
    """Look at the very next request of every browser, and at those after it."""
    assert [is_open(browser.get(post["path"])) for browser in browsers] == [opens] * WORKERS
    assert [is_open(browser.get(post["path"])) for browser in browsers] == [opens] * WORKERS


def replayed_shows_nothing(browsers: list[Browser], held: list[dict[str, str]], post: Post) -> None:
    """Send the cookies of before again, together and each alone: nobody gets more than anyone, in any worker."""
    for browser in browsers:
        for cookies in held:
            for names in (("session", "reader"), ("reader",), ("session",)):
                kept: dict[str, str] = {name: cookies[name] for name in names if name in cookies}
                for _ in range(2):
                    assert not is_open(ask(browser.connection, post["path"], headers=cookie_header(kept))), names


def cookies_of(browsers: list[Browser]) -> list[dict[str, str]]:
    """Return what every browser holds; each holds a reader cookie."""
    assert all(browser.cookies.keys() >= {"session", "reader"} for browser in browsers)
    return [dict(browser.cookies) for browser in browsers]


def test_an_upgrade_opens_and_a_downgrade_closes(site: Live, posts: dict[str, Post]) -> None:
    with readers(site, of="free") as browsers:
        warm(browsers, posts["gold"], opens=False)
        site.act("give", name="free", tier="gold")
        next_shows(browsers, posts["gold"], opens=True)
        warm(browsers, posts["gold"], opens=True)
        before = cookies_of(browsers)
        site.act("take", name="free", tier="gold")
        next_shows(browsers, posts["gold"], opens=False)
        replayed_shows_nothing(browsers, before, posts["gold"])
        # The session stays: a member who pays no more reads what is for members.
        warm(browsers, posts["members"], opens=True)


def test_what_is_bought_opens_and_what_is_refunded_closes(site: Live, posts: dict[str, Post]) -> None:
    with readers(site, of="lapsed") as browsers:
        warm(browsers, posts["paid"], opens=False)
        site.act("subscribe", name="lapsed", tier="paid")
        next_shows(browsers, posts["paid"], opens=True)
        site.act("cancel", name="lapsed")  # at the end of its period
        next_shows(browsers, posts["paid"], opens=True)
        warm(browsers, posts["paid"], opens=True)
        before = cookies_of(browsers)
        site.act("refund", name="lapsed")
        next_shows(browsers, posts["paid"], opens=False)
        replayed_shows_nothing(browsers, before, posts["paid"])


@pytest.mark.parametrize(
    ("name", "act", "told"),
    [
        ("banished", "shut_out", {}),
        ("signed", "sign_out_everywhere", {}),
        ("deviced", "sign_out_devices", {}),
        ("keyless", "lose_passkeys", {}),
        ("moved", "move_to", {"email": "elsewhere@readers.example"}),
        ("gone", "delete_account", {}),
    ],
)
def test_whoever_is_put_out_is_anyone_at_once(
    site: Live, posts: dict[str, Post], name: str, act: str, told: dict[str, Any]
) -> None:
    site.act("new_member", name=name)
    site.act("give", name=name, tier="gold")
    with readers(site, of=name) as browsers:
        for post in posts.values():
            warm(browsers, post, opens=True)
        note_devices(browsers)
        before = cookies_of(browsers)
        site.act(act, name=name, **told)
        for post in posts.values():
            next_shows(browsers, post, opens=False)
            replayed_shows_nothing(browsers, before, post)


def note_devices(browsers: list[Browser]) -> None:
    """Let every session be listed as a device: it is on an answer that Django gives."""
    for browser in browsers:
        assert browser.get("/account/").status == 200


def test_the_bytes_of_anyone_are_what_whoever_is_put_out_gets(site: Live, posts: dict[str, Post]) -> None:
    site.act("new_member", name="outcast")
    site.act("give", name="outcast", tier="gold")
    with readers(site, of="outcast") as browsers:
        warm(browsers, posts["paid"], opens=True)
        before = cookies_of(browsers)
        site.act("shut_out", name="outcast")
        anyone = site.get(posts["paid"]["path"]).body
        replayed = [
            ask(b.connection, posts["paid"]["path"], headers=cookie_header(c)) for b in browsers for c in before
        ]
        assert {answer.body for answer in replayed} == {anyone}


def test_a_role_is_seen_at_once_and_its_end_too(site: Live, posts: dict[str, Post]) -> None:
    """With another role one signs in anew. Staff read everything, and never from the store."""
    site.act("new_member", name="intern")
    site.act("give", name="intern", tier="gold")
    with readers(site, of="intern") as browsers:
        warm(browsers, posts["gold"], opens=True)
        before = cookies_of(browsers)
        site.act("change_role_of", name="intern", role="editor")
        next_shows(browsers, posts["gold"], opens=False)
        replayed_shows_nothing(browsers, before, posts["gold"])
    site.act("take", name="intern", tier="gold")
    with readers(site, of="intern") as browsers:
        answers = [browser.get(posts["gold"]["path"]) for browser in browsers for _ in range(MOST)]
        assert all(is_open(answer) and not answer.is_from_store for answer in answers)
        staff = [dict(browser.cookies) for browser in browsers]
        site.act("change_role_of", name="intern", role="")
        next_shows(browsers, posts["gold"], opens=False)
        replayed_shows_nothing(browsers, staff, posts["gold"])


def test_whoever_becomes_another_in_the_demo_leaves_no_cookie_in_force(site: Live, posts: dict[str, Post]) -> None:
    with readers(site, of="gold") as browsers:
        warm(browsers, posts["gold"], opens=True)
        before = cookies_of(browsers)
        for browser in browsers:
            headers = {"Origin": site.address, **cookie_header(browser.cookies)}
            assert ask(browser.connection, "/demo/as/anyone/", method="POST", headers=headers).status == 302
        replayed_shows_nothing(browsers, before, posts["gold"])


def test_an_import_of_members_voids_every_cookie_and_readers_go_on(site: Live, posts: dict[str, Post]) -> None:
    with readers(site, of="gold") as browsers:
        warm(browsers, posts["gold"], opens=True)
        site.act("bring_in_members")
        answers = [browser.get(posts["gold"]["path"]) for browser in browsers]
        assert [is_open(answer) for answer in answers] == [True] * WORKERS
        assert all(any(line.startswith("reader=") for line in answer.cookies) for answer in answers)
        warm(browsers, posts["gold"], opens=True)


def test_what_ends_by_itself_ends_on_time(site: Live, posts: dict[str, Post]) -> None:
    with readers(site, of="free") as browsers:
        begun = time.time()
        warm(browsers, posts["gold"], opens=False)
        seconds = 2 + 5 * (time.time() - begun)  # enough on a machine that is as slow as it is now
        site.act("give", name="free", tier="gold", seconds=seconds)
        ends_at = time.time() + seconds
        warm(browsers, posts["gold"], opens=True)
        before = cookies_of(browsers)
        wait_until(ends_at)
        next_shows(browsers, posts["gold"], opens=False)
        replayed_shows_nothing(browsers, before, posts["gold"])


def test_what_begins_by_itself_begins_on_time(site: Live, posts: dict[str, Post]) -> None:
    site.act("new_member", name="early")
    with readers(site, of="early") as browsers:
        begun = time.time()
        warm(browsers, posts["gold"], opens=False)
        seconds = 2 + 5 * (time.time() - begun)
        site.act("give_later", name="early", tier="gold", seconds=seconds)
        starts_at = time.time() + seconds
        assert [is_open(browser.get(posts["gold"]["path"])) for browser in browsers] == [False] * WORKERS
        wait_until(starts_at)
        next_shows(browsers, posts["gold"], opens=True)


def wait_until(moment: float) -> None:
    """Wait until this moment, in seconds since 1970, is over."""
    time.sleep(max(0.0, moment - time.time()) + 0.05)


def test_without_the_event_the_cookie_of_before_would_open_the_post(site: Live, posts: dict[str, Post]) -> None:
    """A seeded fault: the cookie alone does not know what its member lost."""
    site.act("new_member", name="trusted")
    site.act("give", name="trusted", tier="gold")
    with readers(site, of="trusted") as browsers:
        warm(browsers, posts["gold"], opens=True)
        site.act("without_rules", kinds=["access.changed"], what="take", name="trusted", tier="gold")
        assert all(is_open(browser.get(posts["gold"]["path"])) for browser in browsers)
        site.act("give", name="trusted", tier="paid")
        next_shows(browsers, posts["gold"], opens=False)
