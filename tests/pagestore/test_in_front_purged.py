"""A cache in front that keeps pages for an hour, before the real server: what happens is seen as soon as it was told."""

from collections import deque
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import free_port
from tests.pagestore.live import Answer, Live, ask, live
from tests.pagestore.proxied import SEALED, TEXT
from tests.stand_ins.listening import said
from tests.stand_ins.shared_cache import SharedCache, shared_cache


@pytest.fixture(scope="module", params=["http", "json"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Live, SharedCache]]:
    """A publication, and a cache before it that is told in one of two forms."""
    folder = tmp_path_factory.mktemp("told") / "paper"
    with shared_cache() as cache:
        lines = (
            f'purge.provider = "{request.param}"', f'purge.address = "{cache.server.url}/purge"',
            f'fetch_allow = ["{cache.server.pair}"]',
        )  # fmt: skip
        with live(folder, lines=lines) as site:
            cache.origin, cache.host = site.port, f"127.0.0.1:{site.port}"
            site.act("make_cast")
            yield site, cache


def read(cache: SharedCache, path: str, cookie: str = "") -> Answer:
    """Read a page through the cache."""
    connection = HTTPConnection("127.0.0.1", cache.server.port, timeout=30)
    try:
        return ask(connection, path, headers={"Cookie": cookie} if cookie else {})
    finally:
        connection.close()


def seen(cache: SharedCache, *paths: str) -> list[str]:
    """Read pages twice, and say how they came the second time."""
    for path in paths:
        read(cache, path)
    return [read(cache, path).headers["x-cache"] for path in paths]


def test_what_happens_is_seen_as_soon_as_the_worker_has_told_it(told: tuple[Live, SharedCache]) -> None:
    site, cache = told
    post = site.act("publish", title="Open until now", text=TEXT)
    other = site.act("publish", title="Something else", text="Else.", author_ids=[], tag_ids=[])["path"]
    site.act("work_off")
    paths = [post["path"], "/tag/world/", "/rss/", "/sitemaps/posts-1.xml", other, "/robots.txt"]
    assert seen(cache, *paths) == ["HIT"] * len(paths)
    site.act("show_to", pk=post["pk"], visibility="paid")
    assert SEALED in read(cache, post["path"]).text  # an hour long, did nobody tell
    site.act("work_off")
    assert [read(cache, path).headers["x-cache"] for path in paths] == ["MISS"] * 4 + ["HIT"] * 2
    assert SEALED not in read(cache, post["path"]).text and SEALED not in read(cache, "/rss/").text
    site.act("delete", pk=post["pk"])
    site.act("work_off")
    assert read(cache, post["path"]).status == 404
    assert all("Open until now" not in read(cache, path).text for path in ("/tag/world/", "/rss/"))


def test_members_pass_and_get_their_own(told: tuple[Live, SharedCache]) -> None:
    site, cache = told
    path = site.act("publish", title="For payers", text=TEXT, visibility="paid")["path"]
    assert seen(cache, path) == ["HIT"]
    cookie = f"session={site.act('session_of', name='paid')}"
    member = read(cache, path, cookie)
    assert SEALED in member.text and member.headers["cache-control"] == "private, no-cache"
    assert SEALED not in read(cache, path).text


def test_a_cache_that_does_not_answer_stops_no_act_and_learns_of_it_later(told: tuple[Live, SharedCache]) -> None:
    site, cache = told
    post: dict[str, Any] = site.act("publish", title="Taken down", text=TEXT)
    site.act("work_off")
    assert seen(cache, post["path"]) == ["HIT"]
    cache.failures = deque([said(b"", "503 Service Unavailable")])
    site.act("take_down", pk=post["pk"])
    site.act("work_off")
    assert site.get(post["path"]).status == 404 and read(cache, post["path"]).status == 200
    site.act("publish", title="The next act", text="Next.")
    site.act("work_off")
    assert read(cache, post["path"]).status == 404


def test_what_is_not_told_is_seen_an_hour_later_only(tmp_path: Path) -> None:
    """The seeded fault: told at a place where nobody listens."""
    with shared_cache() as cache:
        lines = ('purge.provider = "http"', f'purge.address = "http://127.0.0.1:{free_port()}/"')
        with live(tmp_path / "paper", lines=lines) as site:
            cache.origin, cache.host = site.port, f"127.0.0.1:{site.port}"
            site.act("make_cast")
            post = site.act("publish", title="Open until now", text=TEXT)
            assert seen(cache, post["path"]) == ["HIT"]
            site.act("show_to", pk=post["pk"], visibility="paid")
            site.act("work_off")
            assert SEALED in read(cache, post["path"]).text
