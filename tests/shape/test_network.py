"""Only the fetcher talks to the network by HTTP: whatever else asked a foreign address would go around its checks."""

import ast
from collections.abc import Iterable

import pytest

from tests.shape.sources import imported, modules

CLIENTS = {
    "httpx2", "httpx", "httpcore2", "httpcore", "urllib3", "requests", "aiohttp", "pycurl", "niquests",
    "urllib.request", "http.client", "xmlrpc.client", "ftplib",
}  # fmt: skip
ALLOWED = {
    "masthead.core.outbound": "the fetcher",
    "masthead.ops.demo.running": "asks the demo that it has just started, on loopback",
    "masthead.ops.warming": "asks this site's own server, at server.host and server.port",
    "masthead.billing.providers.demo.paying": "calls this site's own webhook, at the address in masthead.toml",
}


def faults(sources: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Imports of a client for HTTP outside the modules that may have one."""
    return sorted({
        f"{name} imports {used}"
        for name, tree in sources
        if not any(name == one or name.startswith(f"{one}.") for one in ALLOWED)
        for used in imported(tree)
        if any(used == client or used.startswith(f"{client}.") for client in CLIENTS)
    })  # fmt: skip


def test_nothing_but_the_fetcher_imports_a_client_for_http() -> None:
    assert faults(modules()) == []


def test_every_exception_is_still_needed() -> None:
    needing = {name for name, tree in modules() if set(imported(tree)) & CLIENTS}
    assert all(any(name.startswith(one) for name in needing) for one in ALLOWED)


@pytest.mark.parametrize(
    "line",
    [
        "import httpx2",
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request",
        "from http import client",
        "def late():\n    import requests.sessions",
    ],
)
def test_a_client_for_http_elsewhere_is_found(line: str) -> None:
    assert faults([("masthead.content.embeds", ast.parse(line))])
    assert faults([("masthead.core.outbound.asking", ast.parse(line))]) == []
    assert faults([("masthead.content.embeds", ast.parse("from urllib.parse import urlsplit"))]) == []
