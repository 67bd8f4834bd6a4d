"""The canary crawl over HTTP: many readers at once, each with a browser, at every address."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.pagestore.browsing import Browser, plain, told
from tests.pagestore.live import Answer
from tests.shape.canaries import forms_of, may_see

CODINGS = ("br", "gzip", "zstd", "identity")
STAFF = ("contributor", "author", "editor", "administrator", "owner")


@dataclass
class Found:
    """What one crawl found: leaks, how much was looked through, and every answer that must come again."""

    leaks: list[str] = field(default_factory=list)
    fetches: int = 0
    size: int = 0  # characters looked through, in all forms
    keepable: int = 0  # answers that the store may keep
    from_store: int = 0  # and those of them that came from it
    answers: dict[tuple[str, str, str], tuple[int, dict[str, str], bytes]] = field(default_factory=dict)

    def add(self, other: "Found") -> None:
        """Take in what another reader found."""
        self.leaks += other.leaks
        self.answers |= other.answers
        self.fetches, self.size = self.fetches + other.fetches, self.size + other.size
        self.keepable, self.from_store = self.keepable + other.keepable, self.from_store + other.from_store

    def __str__(self) -> str:
        kept = f"{self.from_store} of {self.keepable} keepable answers from the store"
        return f"{self.fetches} fetches, {self.size / 1e6:.0f} MB looked through, {kept}, {len(self.leaks)} leaks"


@dataclass(frozen=True)
class _Response:
    """An answer as tests/shape/canaries.py looks at one."""

    answer: Answer
    streaming: bool = False

    @property
    def content(self) -> bytes:
        return plain(self.answer)

    def items(self) -> Any:
        return self.answer.headers.items()


def crawl(
    browsers: dict[str, Browser], addresses: dict[str, Sequence[tuple[str, str]]], words: dict[str, str]
) -> Found:
    """Let everybody ask for their (method, path) pairs at once, and look through all that they get for `words`."""
    found = Found()
    with ThreadPoolExecutor(len(browsers)) as threads:
        for part in threads.map(lambda name: _crawl_as(name, browsers[name], addresses[name], words), list(browsers)):
            found.add(part)
    return found


def _crawl_as(persona: str, browser: Browser, addresses: Sequence[tuple[str, str]], words: dict[str, str]) -> Found:
    found = Found()
    secret = [word for word, post in words.items() if not may_see(persona, post)]
    for number, (method, path) in enumerate(addresses):
        headers = {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"} if persona == "robot" else {}
        answer = browser.get(path, method=method, coding=CODINGS[number % len(CODINGS)], **headers)
        text = forms_of(_Response(answer))
        found.fetches, found.size = found.fetches + 1, found.size + len(text)
        found.leaks += [f"{persona} {method} {path}: {word}" for word in secret if word in text and word not in path]
        if "no-store" not in answer.headers.get("cache-control", ""):
            found.answers[persona, method, path] = told(answer)
        if is_keepable(persona, method, path, answer):
            found.keepable, found.from_store = found.keepable + 1, found.from_store + answer.is_from_store
    return found


def is_keepable(persona: str, method: str, path: str, answer: Answer) -> bool:
    """Say whether the store should have an answer like this: a public page or feed, with no question behind its path.

    Of somebody banned Django has to say each time who it is; and what is searched for is never kept.
    """
    is_public = answer.status == 200 and "etag" in answer.headers and "no-store" not in answer.headers["cache-control"]
    return is_public and persona not in (*STAFF, "banned") and "?" not in path and not path.startswith("/search/")
