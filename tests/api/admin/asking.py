"""Asking the Admin API as a publishing tool does."""

import json
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from masthead.core.ghost_token import make_token
from masthead.members.keys import make_key
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast

BASE = "/ghost/api/admin/"


def an_admin_key(cast: Cast, name: str = "The tool") -> str:
    """Make an admin key, `id:secret`."""
    return make_key(name, KeyKind.ADMIN, by=cast.owner, at=timezone.now())[1]


def token_of(key: str) -> str:
    key_id, _, secret = key.partition(":")
    return make_token(key_id, secret, at=timezone.now())


class Tool:
    """A program with an admin key. `ask` returns what it is told, and fails for any other answer than `status`."""

    def __init__(self, key: str) -> None:
        self.key = key

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Ghost {token_of(self.key)}"}

    def answer(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Ask and return the answer as it is; no cookie and no form token is sent."""
        raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        asked = f"{BASE}{path}" + (f"?{urlencode(query)}" if query else "")
        return client.generic(method, asked, raw, content_type="application/json", headers=self.headers)

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200, **query: Any) -> Any:
        answer = self.answer(method, path, body, **query)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return json.loads(answer.content) if answer.content else None

    def error(self, method: str, path: str, body: Any = None, *, status: int, **query: Any) -> dict[str, Any]:
        """Return the one error that is answered."""
        (error,) = self.ask(method, path, body, status=status, **query)["errors"]
        return dict(error)

    def one(self, path: str, **query: Any) -> dict[str, Any]:
        """Return the one row of an answer."""
        (row,) = next(value for name, value in self.ask("GET", path, **query).items() if name != "meta")
        return dict(row)

    def slugs(self, path: str = "posts/", **query: Any) -> list[str]:
        (rows,) = [value for name, value in self.ask("GET", path, **query).items() if name != "meta"]
        return [row["slug"] for row in rows]

    def add(self, name: str = "posts", /, *, source: str = "", **fields: Any) -> dict[str, Any]:
        query: dict[str, Any] = {"source": source} if source else {}
        return dict(self.ask("POST", f"{name}/", {name: [fields]}, status=201, **query)[name][0])

    def edit(self, row: dict[str, Any], name: str = "posts", /, *, source: str = "", **fields: Any) -> dict[str, Any]:
        query: dict[str, Any] = {"source": source} if source else {}
        stamp = {"updated_at": row["updated_at"]} if "updated_at" in row else {}
        return dict(self.ask("PUT", f"{name}/{row['id']}/", {name: [stamp | fields]}, **query)[name][0])

    def delete(self, row: dict[str, Any], name: str = "posts") -> None:
        self.ask("DELETE", f"{name}/{row['id']}/", status=204)

    def upload(self, path: str, content: bytes, name: str, **more: Any) -> Any:
        """Upload a file and return the answer as it is."""
        files = {"file": SimpleUploadedFile(name, content), **more}
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        return client.post(f"{BASE}{path}", files, headers=self.headers)
