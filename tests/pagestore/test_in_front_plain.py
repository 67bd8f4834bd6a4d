"""A plain proxy in front, nginx and Caddy with the files of docs/howto/proxy: everything arrives, and nothing is kept or changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import wait_for
from tests.pagestore.browsing import plain
from tests.pagestore.live import Live, live
from tests.pagestore.proxies import NAME, Front, caddy, needs_caddy, needs_nginx, nginx

HERE = "127.9.8.7"
LINES = ('server.proxies = ["127.0.0.1"]', 'server.access_log = "access.log"', "server.largest_body = 1")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, dict[str, Any]]]:
    """A publication that has an address with TLS, a long post and a file."""
    folder = tmp_path_factory.mktemp("plain") / "paper"
    lines = (LINES[0], f'server.access_log = "{folder.parent}/access.log"')
    with live(folder, lines=lines, address=f"https://{NAME}") as site:
        site.act("make_cast")
        post = site.act("publish", title="Ships", text="They sail far. " * 200)
        yield site, {**post, "file": site.act("publish_file", size=100_000)}


@pytest.fixture(scope="module", params=[pytest.param("nginx", marks=needs_nginx), pytest.param("caddy", marks=needs_caddy)])
def front(
    request: pytest.FixtureRequest, site: tuple[Live, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    """Each of the two proxies."""
    folder = tmp_path_factory.mktemp("front") / request.param
    started = nginx(folder, "nginx.conf.example", site[0].port) if request.param == "nginx" else caddy(folder, site[0].port)
    with started as front:
        yield front


@pytest.fixture
def log(site: tuple[Live, dict[str, Any]]) -> Path:
    """The access log of the server."""
    return site[0].folder.parent / "access.log"


def told_of(log: Path, path: str) -> list[str]:
    """Return the addresses from which a path was asked for, as the log has them, once it is there."""
    wait_for(lambda: any(f" {path}\"" in line for line in log.read_text().splitlines()))
    return [line.split()[0] for line in log.read_text().splitlines() if f" {path}\"" in line]
