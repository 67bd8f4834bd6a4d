"""Browsers of the live tests, each on one connection to one worker, with the cookies that a browser would keep."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie

from tests.pagestore.live import Answer, Live, ask

MOST = 6  # requests until a page must come from the store


class Browser:
    """One browser on one connection."""

    def __init__(self, connection: HTTPConnection, session: str | None = None) -> None:
        self.connection = connection
        self.cookies = {"session": session} if session else {}

    def get(self, path: str) -> Answer:
        """Read a page, and keep or drop the cookies that it sets."""
        answer = ask(self.connection, path, headers=cookie_header(self.cookies))
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def warmed(self, path: str) -> Answer:
        """Read a page until it comes from the store."""
        for _ in range(MOST):
            answer = self.get(path)
            if answer.is_from_store:
                return answer
        raise AssertionError(f"{path} does not come from the store, with {sorted(self.cookies)}: {answer}")


def cookie_header(cookies: dict[str, str]) -> dict[str, str]:
    """Return the header that carries these cookies."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}


@contextmanager
def readers(site: Live, *, of: str | None = None) -> Iterator[list[Browser]]:
    """Give each worker a browser of its own, signed in as a member of the cast, each in a session of its own."""
    with site.connections() as connections:
        yield [Browser(one, site.act("session_of", name=of) if of else None) for one in connections]
