"""Reading as a browser does: with the cookies that were set, on connections that stay open."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie

import brotli
import zstandard

from tests.pagestore.live import Answer, Live, ask

# Of one moment or one connection, or set for one browser.
PASSING = frozenset({"date", "server-timing", "set-cookie", "connection", "expires"})
# Of the coding, which Django leaves to the server, so that a page has one only once it is kept.
OF_CODING = frozenset({"content-length", "content-encoding", "etag", "vary"})


@dataclass
class Browser:
    """One reader's browser. It takes the server's cookies, all but another session: nobody changes into somebody else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connections: list[HTTPConnection] = field(default_factory=list)
    asked: int = 0

    def get(self, path: str, *, method: str = "GET", coding: str = "", **headers: str) -> Answer:
        """Ask for a page; two connections take turns, so that more than one worker is asked."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if coding:
            told["Accept-Encoding"] = coding
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if len(self.connections) < 2:
            self.connections.append(HTTPConnection("127.0.0.1", self.port, timeout=60))
        self.asked += 1
        answer = ask(self.connections[self.asked % len(self.connections)], path, method=method, headers=told)
        self._take(answer.cookies)
        return answer

    def _take(self, lines: Iterable[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                assert name != "session" or morsel.value in ("", self.cookies.get("session")), "another session"
                if morsel.value and morsel["max-age"] != 0:
                    self.cookies[name] = morsel.value
                elif name != "session":
                    self.cookies.pop(name, None)

    def close(self) -> None:
        """Close the connections."""
        for connection in self.connections:
            connection.close()
        self.connections.clear()


def browsers(site: Live, personas: Iterable[str]) -> dict[str, Browser]:
    """Return a browser for each of these people, signed in where they are members."""
    return {name: Browser(site.port, cookies(site, name)) for name in personas}


def cookies(site: Live, name: str) -> dict[str, str]:
    """Return the cookies of somebody who signed in just now; none for anyone."""
    return {} if name in ("anyone", "robot") else {"session": site.act("session_of", name=name)}


def plain(answer: Answer) -> bytes:
    """Return the body of an answer in no coding."""
    body, coding = answer.body, answer.headers.get("content-encoding", "")
    if not body or not coding:
        return body
    if coding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if coding == "gzip" else zstandard.ZstdDecompressor().decompressobj().decompress(body)


def lasting(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that must be the same each time, in their order."""
    return {name: _in_order(name, value) for name, value in headers.items() if name not in PASSING}


def _in_order(name: str, value: str) -> str:
    """Return a header's value; django-csp writes its directives in another order in each process."""
    return "; ".join(sorted(value.split("; "))) if name == "content-security-policy" else value


def told(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """Return everything of an answer that must be the same from Django and from the store, in whatever coding."""
    headers = {name: value for name, value in lasting(answer.headers).items() if name not in OF_CODING}
    return answer.status, headers, plain(answer)
