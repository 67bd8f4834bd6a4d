"""What changes is seen at the next request to every worker, with the task worker stopped (checks 19 and 20)."""

from collections.abc import Iterator

import pytest

from tests.pagestore.live import Live, ask, live

WORKERS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with its cast, served by four workers."""
    with live(tmp_path_factory.mktemp("live") / "paper", workers=WORKERS) as site:
        site.act("make_cast")
        yield site


def test_a_new_headline_is_seen_by_every_worker_at_once(site: Live) -> None:
    site.act("publish", title="Ships", text="They sail.")
    with site.connections() as connections:
        for connection in connections * 2:
            answer = ask(connection, "/")
        assert answer.is_from_store and "Harbour" not in answer.text
        site.act("publish", title="Harbour", text="It is deep.")
        answers = [ask(connection, "/") for connection in connections]
    assert all("Harbour" in answer.text for answer in answers)
