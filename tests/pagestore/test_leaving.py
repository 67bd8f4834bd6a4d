"""Clients that leave: what Django renders for one who has gone is kept for those who stay."""

import socket
from collections.abc import Iterator

import pytest

from tests.commands.running import wait_for
from tests.pagestore.live import Live, live


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication, served by two workers."""
    with live(tmp_path_factory.mktemp("live") / "paper", workers=2) as site:
        site.act("make_cast")
        yield site


def _leave(site: Live, path: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not an ordinary end


def test_a_page_is_kept_although_everybody_who_asked_has_gone(site: Live) -> None:
    post = site.act("publish", title="Ships", text="They sail.")
    for _ in range(30):
        _leave(site, post["path"])
    # Asked with HEAD, which never lets anything be kept itself.
    wait_for(lambda: site.get(post["path"], method="HEAD").is_from_store, seconds=30)
    answer = site.get(post["path"])
    assert answer.is_from_store and "They sail" in answer.text


def test_nobody_waits_for_those_who_have_gone(site: Live) -> None:
    for number in range(5):
        post = site.act("publish", title=f"Ice {number}", text="It is thick.")
        for path in (post["path"], "/"):
            for _ in range(10):
                _leave(site, path)
            assert site.get(path).status == 200
        with site.connections():
            pass
