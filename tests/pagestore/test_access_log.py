"""The access log: who asked (a neighbourhood), when, for what, and nothing that is secret; and whom proxies are believed for."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from masthead.pagestore.access_log import AccessLog, shortened
from tests.commands.running import wait_for
from tests.pagestore.live import Live, live

LINE = re.compile(
    r'(\S+) \[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] "([A-Z]+) ([^"\\]|\\x[0-9a-f]{2})+" \d{3} \d+ (store|django|server)'
)


class Lines:
    """A log in memory."""

    def __init__(self, *proxies: str) -> None:
        self._written: list[bytes] = []
        trusted: Any = ProxyHeadersMiddleware(lambda *_: None, trusted_hosts=list(proxies)).trusted_hosts  # type: ignore[arg-type]
        self.log = AccessLog(self._written.append, proxies=trusted if proxies else None)

    def noted(self, client: str = "192.0.2.77", forwarded: str = "", path: str = "/", method: str = "GET") -> str:
        """Note a request; return its line."""
        self._written.clear()
        self.log.note((client, 5000), forwarded, method, path, 200, 9, "store")
        self.log.flush()
        return b"".join(self._written).decode()


@pytest.mark.parametrize(
    ("proxies", "client", "forwarded", "noted"),
    [
        ((), "192.0.2.77", "198.51.100.9", "192.0.2.0"),
        (("10.0.0.1",), "192.0.2.77", "198.51.100.9", "192.0.2.0"),
        (("10.0.0.1",), "10.0.0.1", "198.51.100.9", "198.51.100.0"),
        (("10.0.0.0/8",), "10.9.8.7", "198.51.100.9", "198.51.100.0"),
        (("10.0.0.0/8",), "11.9.8.7", "198.51.100.9", "11.9.8.0"),
        (
            ("10.0.0.0/8",),
            "10.9.8.7",
            "203.0.113.1, 198.51.100.9",
            "198.51.100.0",
        ),  # what a client made up stands first
        (("10.0.0.0/8",), "10.9.8.7", "198.51.100.9, 10.1.1.1", "198.51.100.0"),  # two proxies of ours
        (("fd00::/8",), "fd00::1", "2001:db8:1:2::3", "2001:db8:1::"),
        (("10.0.0.1",), "10.0.0.1", "rubbish\r\nmore", "-"),
    ],
)
def test_a_proxy_is_believed_and_nobody_else(proxies: tuple[str, ...], client: str, forwarded: str, noted: str) -> None:
    assert Lines(*proxies).noted(client, forwarded).split()[0] == noted


@pytest.mark.parametrize(
    "path", ['/\r\n1.2.3.4 [x] "GET /" 200 0 store', '/"a" 1', "/\x1b[31m", "/\\x0a", "/\xe9\x85", "/" + "a" * 9_000]
)
def test_no_path_forges_a_line(path: str) -> None:
    line = Lines().noted(path=path)
    assert line.count("\n") == 1 and LINE.fullmatch(line[:-1]), line
    assert len(line) < 1_400


def test_an_address_is_shortened() -> None:
    found = [shortened(address) for address in ("192.0.2.255", "2001:db8:aa:bb::1", "", "unix:")]
    assert found == ["192.0.2.0", "2001:db8:aa::", "-", "-"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication behind proxies, with an access log."""
    folder = tmp_path_factory.mktemp("logged") / "paper"
    lines = ('server.proxies = ["127.0.0.0/30"]', f'server.access_log = "{folder}.access"')
    with live(folder, lines=lines) as site:
        site.act("make_cast")
        site.act("publish", title="Ships", text="They sail.")
        yield site


def lines_of(site: Live) -> list[str]:
    """Return what the log holds."""
    return Path(f"{site.folder}.access").read_text().splitlines()


def test_lines_of_the_running_server(site: Live) -> None:
    film = site.act("publish_file", size=256)["path"]
    token = film.split("/")[2]
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    site.get("/", headers=forwarded)
    site.get("/", headers=forwarded)
    site.get("/?utm_source=a-secret", headers=forwarded)
    site.get("/search/?q=a-secret", headers=forwarded)
    site.get(film, headers=forwarded)
    site.get("/nothing/a-secret/%0d%0aforged/", headers=forwarded)
    site.get("/sign-in/", method="POST", body=b"a-secret", headers=forwarded)
    site.get("/sign-in/", method="POST", body=b"x" * 6_000_000, headers={**forwarded, "Expect": "100-continue"})
    site.get("/", method="HEAD", headers=forwarded)
    wait_for(lambda: all(any(word in line for line in lines_of(site)) for word in ("HEAD", " 413 ")))
    found = lines_of(site)
    assert all(LINE.fullmatch(line) for line in found), found
    text = "\n".join(found)
    assert "a-secret" not in text and token not in text and "forged" not in text
    of_client = [line for line in found if line.startswith("203.0.113.0 ")]
    asked = [(line.split('"')[1], line.split()[-3], line.split()[-1]) for line in of_client]
    assert sorted(asked) == sorted([
        ("GET /", "200", "django"),
        ("GET /", "200", "store"),
        ("GET /", "200", "store"),
        ("GET /search/", "200", "django"),
        ("GET /files/<token>/<name>", "200", "django"),
        ("GET /<path>", "404", "django"),
        ("POST /sign-in/", "403", "django"),
        ("POST -", "413", "server"),
        ("HEAD /", "200", "store"),
    ])  # fmt: skip
    sizes = [int(line.split()[-2]) for line in of_client if line.endswith("store")]
    assert sizes[0] > 400 and sizes[-1] == 0


def test_an_unknown_host_is_refused(site: Live) -> None:
    for name in ("evil.example", f"127.0.0.1:{site.port}@evil.example", "paper..example", ""):
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", site.port), timeout=30) as client:
                client.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
                assert client.recv(65_536).startswith(b"HTTP/1.1 400 " if name else b"HTTP/1.1 "), name
    assert site.get("/").is_from_store
