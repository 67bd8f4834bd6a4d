"""Asking the Content API as a program does."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from masthead.members.keys import make_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast

BASE = "/ghost/api/content/"


def a_key(cast: Cast, name: str = "The app") -> str:
    """Make a content key."""
    return make_key(name, KeyKind.CONTENT, by=cast.owner, at=timezone.now())[1]


def key_row(name: str = "The app") -> ApiKey:
    return ApiKey.objects.get(name=name)


class Program:
    """A program with a key. `ask` returns what it is told, and fails for any other answer than `status`."""

    def __init__(self, key: str) -> None:
        self.key = key

    def answer(self, path: str, *, method: str = "GET", headers: Any = None, **query: Any) -> Any:
        asked = urlencode({"key": self.key, **query})
        return Client().generic(method, f"{BASE}{path}?{asked}", headers=headers or {})

    def ask(self, path: str, *, status: int = 200, **query: Any) -> Any:
        answer = self.answer(path, **query)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.json()

    def slugs(self, path: str = "posts/", **query: Any) -> list[str]:
        """Return the slugs of a list, in its order."""
        (rows,) = [value for name, value in self.ask(path, **query).items() if name != "meta"]
        return [row["slug"] for row in rows]

    def error(self, path: str, status: int, **query: Any) -> dict[str, Any]:
        """Return the one error that is answered."""
        (error,) = self.ask(path, status=status, **query)["errors"]
        return dict(error)
