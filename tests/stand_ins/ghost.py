"""A Ghost of one's own: its Admin API over real HTTP on loopback, from dicts that a test hands it."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from masthead.core.ghost_token import TokenError, check_token, token_key_id
from tests.stand_ins.listening import Asked, Listener, Pieces, listening, said

KEY_ID, SECRET = "6748592f4b9b7700010f6564", "b1b5b9c1d4e5f6a7b8c9d0e1f2a3b4c5" * 2
KEY = f"{KEY_ID}:{SECRET}"
API = "/ghost/api/admin/"
PAGED = ("members", "posts", "pages", "newsletters", "tiers", "offers", "labels", "users", "snippets", "tags")
Row = dict[str, Any]


@dataclass
class StandIn:
    """What this Ghost holds, and how it is to fail.

    `failures` are used up first, one a request: an answer as bytes (say `failing("429 Too Many Requests")`), or "cut"
    for a line that breaks in the middle. `forbidden` are paths that the key may not read. `files` are by path, as
    "/content/images/2024/01/a.jpg".
    """

    title: str = "The Paper"
    members: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    pages: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)  # with post_id, and parent_id for a reply
    newsletters: list[Row] = field(default_factory=list)
    tiers: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    users: list[Row] = field(default_factory=list)
    snippets: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)
    redirects: bytes = b"[]"
    routes: bytes = b"routes:\ncollections:\n  /:\n    permalink: /{slug}/\ntaxonomies:\n"
    export: Row = field(default_factory=lambda: {"db": [{"meta": {"version": "6.65.0"}, "data": {}}]})
    members_csv: bytes = b"id,email,name\n"
    files: dict[str, bytes] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    failures: deque[bytes | str] = field(default_factory=deque)
    now: datetime | None = None  # by whose clock tokens are checked; the machine's if none
    server: Listener = field(init=False)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def asked(self) -> list[str]:
        """The paths and queries asked for so far, unquoted."""
        return [unquote(asked.path.replace("+", " ")) for asked in self.server.asked]

    def answer(self, asked: Asked) -> Pieces:
        """Answer one request as Ghost does."""
        failure = self.failures.popleft() if self.failures else b""
        if isinstance(failure, bytes) and failure:
            return failure
        whole = self._answer(asked)
        return whole[: len(whole) // 2] if failure == "cut" else whole

    def _answer(self, asked: Asked) -> bytes:
        parts = urlsplit(asked.path)
        if (file := self.files.get(unquote(parts.path))) is not None:
            return said(file, content_type="application/octet-stream", etag=f'"{hash(file)}"')
        if not parts.path.startswith(API):
            return said(b"<h1>404</h1>", "404 Not Found", content_type="text/html")
        path = parts.path.removeprefix(API).strip("/")
        if path == "site":
            return told({"site": {"title": self.title, "url": f"{self.url}/", "version": "6.65"}})
        if refused := self._refusal(asked, path):
            return refused
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self._resource(path, query)

    def _refusal(self, asked: Asked, path: str) -> bytes | None:
        if not asked.headers.get("accept-version", "").startswith("v"):
            return error("406 Not Acceptable", "NotAcceptableError", "This stand-in wants Accept-Version.")
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        if scheme != "Ghost":
            return error("403 Forbidden", "NoPermissionError", "Authorization failed")
        try:
            if token_key_id(token) != KEY_ID:
                return error("401 Unauthorized", "UnauthorizedError", "Unknown Admin API Key")
            check_token(token, SECRET, at=self.now or datetime.now(UTC))
        except TokenError as refused:
            return error("401 Unauthorized", "UnauthorizedError", f"Invalid token: {refused}")
        if path in self.forbidden:
            return error("403 Forbidden", "NoPermissionError", f"API tokens do not have permission to access {path}")
        return None

    def _resource(self, path: str, query: dict[str, str]) -> bytes:
        files = {
            "redirects/download": (self.redirects, "application/json"),
            "settings/routes/yaml": (self.routes, "text/yaml"),
            "members/upload": (self.members_csv, "text/csv"),
            "db": (json.dumps(self.export).encode(), "application/json"),
        }
        if path in files:
            return said(files[path][0], content_type=files[path][1])
        if path in PAGED:
            return told(paged(path, getattr(self, path), query))
        if path.startswith("comments/"):
            return told(paged("comments", self._comments(path.split("/")), query))
        return error("404 Not Found", "NotFoundError", "Resource not found")

    def _comments(self, path: list[str]) -> list[Row]:
        if path[1] == "post":
            top = [row for row in self.comments if row["post_id"] == path[2] and not row.get("parent_id")]
            return [self._with_replies(row) for row in top]
        return [row for row in self.comments if row.get("parent_id") == path[1]]

    def _with_replies(self, row: Row) -> Row:
        """A comment as Ghost lists it: three replies, and how many there are."""
        replies = [reply for reply in self.comments if reply.get("parent_id") == row["id"]]
        return {**row, "replies": replies[:3], "count": {"replies": len(replies)}}


def paged(name: str, rows: list[Row], query: dict[str, str]) -> Row:
    """Cut a list into Ghost's pages; it gives 15 rows unless asked for more, and never more than 100."""
    limit, page = min(int(query.get("limit", 15)), 100), int(query.get("page", 1))
    pages = max(1, -(-len(rows) // limit))
    place = {
        "page": page,
        "limit": limit,
        "pages": pages,
        "total": len(rows),
        "next": page + 1 if page < pages else None,
        "prev": page - 1 if page > 1 else None,
    }
    return {name: rows[(page - 1) * limit : page * limit], "meta": {"pagination": place}}


def told(value: Row, status: str = "200 OK", **headers: str) -> bytes:
    """Write an answer in JSON."""
    body = json.dumps(value).encode()
    return said(body, status, **{"content_type": "application/json; charset=utf-8"} | headers)


def error(status: str, kind: str, message: str) -> bytes:
    """Write an error as Ghost does."""
    return told({"errors": [{"message": message, "type": kind, "context": None, "code": None}]}, status)


def failing(status: str, **headers: str) -> bytes:
    """Write an answer that says only that it went wrong, to put into `failures`."""
    return told({"errors": [{"message": "went wrong", "type": "InternalServerError"}]}, status, **headers)


def member(number: int, **more: Any) -> Row:
    """Return a member as the Admin API shows one, with nothing but an address and its defaults."""
    plain: Row = {
        "id": f"{number:024x}",
        "uuid": f"00000000-0000-4000-8000-{number:012x}",
        "email": f"reader{number}@readers.example",
        "name": f"Reader {number}",
        "note": None,
        "geolocation": None,
        "status": "free",
        "created_at": "2024-01-01T08:00:00.000Z",
        "updated_at": "2024-01-01T08:00:00.000Z",
        "labels": [],
        "tiers": [],  # with expiry_at
        "newsletters": [],
        "subscribed": False,
        "subscriptions": [],
        "email_suppression": {"suppressed": False, "info": None},
        "email_count": 0,
        "email_opened_count": 0,
        "email_open_rate": None,
        "last_seen_at": None,
        "unsubscribe_url": f"https://ghost.example/unsubscribe/?uuid={number}&key=0123&newsletter=1",
        "can_comment": True,
    }
    return plain | more


@contextmanager
def running_ghost(**holds: Any) -> Iterator[StandIn]:
    """Run a Ghost that holds this; its address must stand in FETCH_ALLOW (`ghost.server.pair`) to be asked."""
    ghost = StandIn(**holds)
    with listening(ghost.answer) as server:
        ghost.server = server
        yield ghost
