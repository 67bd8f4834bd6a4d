"""The real server on PostgreSQL: pages are kept there too, and what changes is seen at once."""

import secrets
from collections.abc import Iterator

import pytest

from tests.pagestore.live import Live, ask, live
from tests.test_postgresql import place


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication on PostgreSQL with its cast, served by two workers; the database is dropped after."""
    import psycopg

    url, name = place(), f"masthead_live_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            lines = ("[database]", f'url = "{url.rpartition("/")[0]}/{name}"')
            with live(tmp_path_factory.mktemp("live") / "paper", workers=2, lines=lines) as site:
                site.act("make_cast")
                yield site
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_page_is_rendered_once_for_both_workers_and_a_new_post_is_seen_by_both_at_once(site: Live) -> None:
    site.act("publish", title="Ships", text="They sail.")
    with site.connections() as connections:
        ask(connections[0], "/")
        assert all(ask(connection, "/").is_from_store for connection in connections)
        site.act("publish", title="Harbour", text="It is deep.")
        answers = [ask(connection, "/") for connection in connections]
        assert all("Harbour" in answer.text for answer in answers)


def test_a_post_that_is_closed_and_one_that_is_taken_down_are_seen_by_both_at_once(site: Live) -> None:
    post = site.act("publish", title="Ice", text="Open words.\n\n<!--more-->\n\nThe body of it.")
    with site.connections() as connections:
        assert all("The body of it" in ask(connection, post["path"]).text for connection in connections * 2)
        site.act("show_to", pk=post["pk"], visibility="paid")
        answers = [ask(connection, post["path"]) for connection in connections]
        assert all(answer.status == 200 and "The body of it" not in answer.text for answer in answers)
        site.act("take_down", pk=post["pk"])
        assert [ask(connection, post["path"]).status for connection in connections] == [404, 404]


def test_a_member_who_is_given_a_tier_reads_at_the_next_request_and_no_longer_when_it_is_taken(site: Live) -> None:
    post = site.act("publish", title="Gold", text="Open words.\n\n<!--more-->\n\nThe dear words.", visibility="paid")
    browser = {"cookie": f"session={site.act('session_of', name='free')}"}
    with site.connections() as connections:
        for act, is_open in ((None, False), ("give", True), ("take", False)):
            if act:
                site.act(act, name="free", tier="gold")
            for connection in connections * 2:
                answer = ask(connection, post["path"], headers=browser)
                browser["cookie"] = _with(browser["cookie"], answer.cookies)
                assert ("The dear words" in answer.text) is is_open
            assert ask(connections[0], post["path"], headers=browser).is_from_store


def _with(cookies: str, given: list[str]) -> str:
    held = dict(pair.split("=", 1) for pair in cookies.split("; "))
    held |= dict(line.partition(";")[0].split("=", 1) for line in given)
    return "; ".join(f"{name}={value}" for name, value in held.items())
