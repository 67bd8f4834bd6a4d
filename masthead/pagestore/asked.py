"""What the server and Django tell each other about one request, beside the request and its response."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from masthead.access.reader import Reader
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.store import Stored

STATE = "masthead.asked"  # in the ASGI scope's state


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that Django rendered and that may be shown to others: in memory only where it is not `stored`."""

    rendered: Rendered
    body: bytes
    stored: Stored | None
    key: bytes  # of the store, when it was begun


@dataclass(frozen=True, slots=True)
class Sendable:
    """A stretch of an open file that the server sends itself, and then closes."""

    file: int
    offset: int
    length: int


@dataclass(slots=True)
class Asked:
    """One request: what the server says of it, and what Django answers beside the response."""

    may_keep: bool = False
    position: int = 0  # of the purge log, before the first query
    renews: bool = False  # whether the reader cookie is missing, ran out, or is void
    has_page: bool = (
        False  # whether some variant of the page is kept, so that it need not be rendered to renew a cookie
    )

    key: bytes = b""  # of the store, before the first template
    kept: Kept | None = None
    reader: Reader | None = (
        None  # set in place of a response: show this Reader the kept page, with the cookies set here
    )
    unlocked: frozenset[str] = field(default_factory=frozenset)
    file: Sendable | None = None
    route: str = ""


def asked_of(request: HttpRequest) -> Asked | None:
    """Return what our own server says of a request; None where another one asks, such as Django's test client."""
    scope = request.META.get("asgi.scope")
    found = scope["state"].get(STATE) if isinstance(scope, dict) and "state" in scope else None
    return found if isinstance(found, Asked) else None
