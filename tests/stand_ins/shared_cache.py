"""A CDN of one's own: a small shared cache before the server (RFC 9111) that is purged by tag, over real HTTP on loopback."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from tests.stand_ins.listening import Asked, Listener, Pieces, listening, said

TOKEN = "a-token-of-a-test"
MOST = 30  # tags in a call by JSON, as Cloudflare has it
COOKIES = ("session=", "reader=", "unlocked=", "messages=")


@dataclass(frozen=True)
class Kept:
    """A page, and the words by which it is purged."""

    answer: bytes
    tags: frozenset[str]


@dataclass
class SharedCache:
    """What it keeps by path, what it was told to purge, and how it is to fail: `failures` are used up first, one a purge."""

    origin: int = 0  # the server's port
    host: str = ""
    token: str = ""  # what it wants to be shown before it purges
    kept: dict[str, Kept] = field(default_factory=dict)
    purged: list[list[str]] = field(default_factory=list)  # the tags of each call that it did
    failures: deque[bytes] = field(default_factory=deque)
    server: Listener = field(init=False)

    def answer(self, asked: Asked) -> Pieces:
        """Answer a reader, or do what it is told."""
        if asked.method == "PURGE" or (asked.method == "POST" and asked.path == "/purge"):
            return self._purge(asked)
        passes = any(name in asked.headers.get("cookie", "") for name in COOKIES)
        if not passes and asked.path in self.kept:
            return self.kept[asked.path].answer
        return self._fetched(asked, keeps=not passes)

    def _fetched(self, asked: Asked, *, keeps: bool) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.origin, timeout=60)
        cookie = {"Cookie": asked.headers["cookie"]} if "cookie" in asked.headers else {}
        connection.request("GET", asked.path, headers={"Host": self.host, **cookie})
        response = connection.getresponse()
        body = response.read()
        told = response.getheader("Cache-Control", "")
        headers = {"cache_control": told, "content_type": response.getheader("Content-Type", "")}
        lasts = keeps and "public" in told and "s-maxage=" in told and response.getheader("Set-Cookie") is None
        if lasts:
            tags = frozenset(response.getheader("Cache-Tag", "").split(","))
            self.kept[asked.path] = Kept(said(body, f"{response.status} OK", x_cache="HIT", **headers), tags)
        connection.close()
        return said(body, f"{response.status} OK", x_cache="MISS" if lasts else "BYPASS", **headers)

    def _purge(self, asked: Asked) -> bytes:
        if self.failures:
            return self.failures.popleft()
        if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
            return said(b'{"success": false}', "403 Forbidden")
        tags = _by_json(asked) if asked.method == "POST" else asked.headers.get("cache-tag", "").split(",")
        if not tags or not all(tags) or (asked.method == "POST" and len(tags) > MOST):
            return said(b'{"success": false}', "400 Bad Request")
        self.purged.append(tags)
        self.kept = {path: page for path, page in self.kept.items() if page.tags.isdisjoint(tags)}
        return said(b'{"success": true}', content_type="application/json")


def _by_json(asked: Asked) -> list[str]:
    told = json.loads(asked.body)
    return [str(tag) for tag in told["tags"]]


@contextmanager
def shared_cache(token: str = "") -> Iterator[SharedCache]:
    """Run a cache; its address must stand in `fetch_allow` to be told anything (`cache.server.pair`)."""
    cache = SharedCache(token=token)
    with listening(cache.answer) as server:
        cache.server = server
        yield cache
