"""Who asks, as Django sees it: the client behind a configured proxy, and nobody whom a client only names."""

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings as django_settings

from masthead.pagestore import server
from masthead.pagestore.site import Site
from tests.pagestore.raw.pair import KEYS, NAMES, serving

FORGED = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-proto", b"https"), (b"host", b"paper.example")]


class Config:
    """The settings of the tests with other proxies."""

    def __init__(self, proxies: list[str]) -> None:
        self._proxies, self._config, self.data = proxies, django_settings.CONFIG, django_settings.CONFIG.data

    def __getitem__(self, name: str) -> Any:
        return self._proxies if name == "server.proxies" else self._config[name]


def wsgi(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer what Django would take for the client."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]


@pytest.mark.parametrize(
    ("proxies", "peer", "expected"),
    [
        ([], "192.0.2.1", "192.0.2.1 http"),
        (["10.0.0.1"], "192.0.2.1", "192.0.2.1 http"),
        (["10.0.0.1"], "10.0.0.1", "203.0.113.9 https"),
        (["10.0.0.0/8"], "10.200.3.4", "203.0.113.9 https"),
        (["10.0.0.0/8"], "11.0.0.1", "11.0.0.1 http"),
    ],
)
def test_django_believes_a_proxy_and_nobody_else(
    settings: Any, tmp_path: Path, proxies: list[str], peer: str, expected: str
) -> None:
    settings.CONFIG = Config(proxies)
    site = Site(serving(tmp_path), hosts=frozenset({b"paper.example"}), names=NAMES, keys=KEYS)
    application = server._application(wsgi, site)
    heard: list[bytes] = []

    async def send(message: Any) -> None:
        heard.append(message.get("body", b""))

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": "GET", "path": "/account/", "raw_path": b"/account/", "query_string": b"a=1", "scheme": "http",
        "headers": FORGED, "client": (peer, 1), "server": ("127.0.0.1", 2), "http_version": "1.1", "state": {},
    }  # fmt: skip
    asyncio.run(cast(Any, application)(scope, receive, send))
    assert b"".join(heard).decode() == expected
