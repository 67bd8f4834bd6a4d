"""Warming: the first reader after publishing is answered from the store, and a server that is away is no error."""

import logging
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.utils import timezone

from masthead.content.changing import change_publication
from masthead.ops import warming, worker
from tests.cast import Cast, published
from tests.commands.running import free_port
from tests.pagestore.live import Live, live


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with its cast, that says in its settings where it is served."""
    folder = tmp_path_factory.mktemp("live") / "paper"
    with live(folder, workers=2, lines=("[server]", "port = {port}")) as site:
        site.act("make_cast")
        site.act("work_off")
        yield site


def test_the_first_reader_of_a_new_post_and_of_the_front_page_need_not_wait(site: Live) -> None:
    cold = site.act("publish", title="Before", text="Nobody works.")
    assert not site.get(cold["path"]).is_from_store  # the seeded fault: without the task worker it is rendered now
    post = site.act("publish", title="Warm", text="The stove is lit.")
    site.act("work_off")
    for path in ("/", post["path"]):
        answer = site.get(path)
        assert answer.is_from_store and "Warm" in answer.text


def test_the_front_page_is_warm_again_after_everything_was_purged(site: Live) -> None:
    site.act("change_settings", name="The New Name")
    site.act("work_off")
    answer = site.get("/")
    assert answer.is_from_store and "The New Name" in answer.text


@pytest.mark.django_db
def test_a_server_that_is_away_fails_no_task(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[int] = []
    real = warming.warm

    def warm(paths: list[str]) -> int:
        asked.append(real(paths))
        return asked[-1]

    monkeypatch.setitem(settings.CONFIG._written, "server.port", free_port())
    monkeypatch.setattr(warming, "warm", warm)
    published("Cold", "Nobody answers.", cast=cast)
    change_publication({"name": "Other"}, by=None, at=timezone.now())
    with caplog.at_level(logging.ERROR):
        worker.work_off()
    assert asked == [0, 0] and not caplog.records


@pytest.mark.parametrize(
    ("host", "asked"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("127.0.0.1", "127.0.0.1")],  # noqa: S104  (nobody listens)
)
def test_a_server_that_listens_everywhere_is_asked_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, host: str, asked: str
) -> None:
    tried: list[str] = []

    def connect(connection: HTTPConnection) -> None:
        tried.append(connection.host)
        raise ConnectionRefusedError

    monkeypatch.setitem(settings.CONFIG._written, "server.host", host)
    monkeypatch.setattr(HTTPConnection, "connect", connect)
    assert warming.warm(["/", "/a/"]) == 0 and tried == [asked]
