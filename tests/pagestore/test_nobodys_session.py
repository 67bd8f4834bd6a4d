"""A session that is nobody's any more gets what anyone gets, and no page is rendered only to find that out."""

import re
from collections.abc import Iterator

import pytest

from tests.pagestore.live import Answer, Live, ask, live

FEW = 3  # queries: the publication, the session, the member


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with its cast."""
    with live(tmp_path_factory.mktemp("live") / "paper") as site:
        site.act("make_cast")
        yield site


def queries(answer: Answer) -> int:
    """Return how many queries Django made for an answer."""
    found = re.search(r'desc="(\d+) queries"', answer.headers["server-timing"])
    assert found, answer.headers
    return int(found[1])


@pytest.mark.parametrize("session", ["garbage", "", "of the banned one"])
def test_it_reads_as_anyone_without_a_rendering(site: Live, session: str) -> None:
    value = site.act("session_of", name="banned") if session == "of the banned one" else session
    text = "Above.\n\n<!--more-->\n\nGated."
    path = site.act("publish", title=f"Post {session or 'empty'}", text=text, visibility="paid")["path"]
    with site.connection() as connection:
        rendered = ask(connection, path)
        assert queries(rendered) > FEW and ask(connection, path).is_from_store
        answer = ask(connection, path, headers={"Cookie": f"session={value}"})
        assert answer.status == 200 and answer.body == rendered.body and queries(answer) <= FEW
        is_taken_back = any(line.startswith("session=") and "Max-Age=0" in line for line in answer.cookies)
        assert is_taken_back is (value == session)  # one that is in the table stays with its browser
        again = ask(connection, path)
        assert again.is_from_store and not again.cookies


def test_a_members_session_still_gets_its_own_page_and_staff_are_not_answered_from_the_store(site: Live) -> None:
    path = site.act("publish", title="For payers", text="Above.\n\n<!--more-->\n\nGated.", visibility="paid")["path"]
    with site.connection() as connection:
        assert "Gated" not in ask(connection, path).text
        for name in ("paid", "editor"):
            answer = ask(connection, path, headers={"Cookie": f"session={site.act('session_of', name=name)}"})
            assert "Gated" in answer.text and queries(answer) > FEW
