"""Reads a running Ghost through its Admin API, a batch at a time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from masthead.importers.ghost.calling import Caller, GhostError

__all__ = ["Batch", "Ghost", "GhostError"]

LIMIT = 100  # rows; Ghost gives no more
# A fixed order, oldest first: who signs up meanwhile comes at the end, and a batch asked for again is the same one.
OLDEST_FIRST = "created_at asc, id asc"
WITH_TEXT: dict[str, str | int] = {
    "formats": "lexical,html",
    "filter": "status:[draft,published,scheduled,sent]",
    "order": OLDEST_FIRST,
    "limit": 25,  # whole texts, twice
}
LISTS: dict[str, dict[str, str | int]] = {
    "members": {"include": "labels,newsletters,tiers,subscriptions", "order": OLDEST_FIRST},
    "posts": WITH_TEXT | {"include": "tags,authors,tiers,newsletter,email"},
    "pages": WITH_TEXT | {"include": "tags,authors,tiers"},
    "newsletters": {},
    "tiers": {"include": "benefits,monthly_price,yearly_price"},
    "offers": {},
    "labels": {},
    "users": {"include": "roles"},
    "snippets": {"formats": "lexical"},
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, and where they stand: to go on after them, ask from `number + 1`."""

    number: int  # from 1
    of: int
    total: int  # rows in all
    rows: list[Row]


class Ghost:
    """A running Ghost. Each list is read as it is iterated, a batch in memory at a time; all of it raises GhostError.

    What Ghost sends is handed on as it is. A line that breaks, a 429 and a server's error are waited out a few times;
    after that, `start`, the number of a batch, is where to go on. A Ghost on a private address must stand in
    fetch_allow.
    """

    def __init__(
        self,
        site: str,
        key: str,
        *,
        now: Callable[[], datetime] = timezone.now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the address of its admin and an Admin API key, "id:secret"; raises GhostError if they cannot be such."""
        self._call = Caller(site, key, now=now, sleep=sleep)

    def __repr__(self) -> str:
        return f"<Ghost at {self._call.site}>"

    @property
    def site(self) -> str:
        """The address without /ghost, as https://paper.example."""
        return self._call.site

    def about(self) -> Row:
        """Return the title, address and version that it gives, having seen that the key is good."""
        about = self._call.json("site").get("site")
        if not isinstance(about, dict):
            raise GhostError(
                f"{self.site} does not answer as Ghost does. Name the address at which you open its admin."
            )
        self._call.json("newsletters", limit=1)
        return about

    def batches(self, what: str, start: int = 1) -> Iterator[Batch]:
        """Read one of LISTS a batch at a time, from batch `start`: for whoever notes how far it came."""
        return self._batches(what, what, start, LISTS[what])

    def members(self, start: int = 1) -> Iterator[Row]:
        """Read members with labels, newsletters, tiers and their ends, subscriptions and suppression."""
        return self._rows("members", start)

    def posts(self, start: int = 1) -> Iterator[Row]:
        """Read posts of every status with their whole text."""
        return self._rows("posts", start)

    def pages(self, start: int = 1) -> Iterator[Row]:
        """Read standing pages of every status with their whole text."""
        return self._rows("pages", start)

    def comments(self, post_id: str, start: int = 1) -> Iterator[Row]:
        """Read the comments below one post, each with all of its replies."""
        for batch in self._batches(f"comments/post/{post_id}", "comments", start, {"order": OLDEST_FIRST}):
            for comment in batch.rows:
                yield comment | {"replies": self._replies(comment)}

    def _replies(self, comment: Row) -> list[Row]:
        """Ghost sends the first replies only, and how many there are."""
        replies: list[Row] = comment.get("replies") or []
        if (comment.get("count") or {}).get("replies", 0) <= len(replies):
            return replies
        batches = self._batches(f"comments/{comment['id']}/replies", "comments", 1, {})
        return [reply for batch in batches for reply in batch.rows]

    def newsletters(self) -> Iterator[Row]:
        """Read newsletters, archived ones too."""
        return self._rows("newsletters")

    def tiers(self) -> Iterator[Row]:
        """Read tiers with benefits and prices."""
        return self._rows("tiers")

    def offers(self) -> Iterator[Row]:
        """Read offers, archived ones too."""
        return self._rows("offers")

    def labels(self) -> Iterator[Row]:
        """Read the labels that members bear."""
        return self._rows("labels")

    def users(self) -> Iterator[Row]:
        """Read staff and their roles."""
        return self._rows("users")

    def snippets(self) -> Iterator[Row]:
        """Read the snippets of the editor."""
        return self._rows("snippets")

    def redirects(self) -> bytes:
        """Return the redirects file, JSON or YAML, as Ghost keeps it."""
        return self._call.file("redirects/download")

    def routes(self) -> bytes:
        """Return routes.yaml."""
        return self._call.file("settings/routes/yaml")

    def save_export(self, path: Path) -> None:
        """Take the content export, JSON, to a file."""
        self._call.save("db", path)

    def save_members(self, path: Path) -> None:
        """Take all members as CSV to a file."""
        self._call.save("members/upload", path, limit="all")

    def _rows(self, what: str, start: int = 1) -> Iterator[Row]:
        return (row for batch in self.batches(what, start) for row in batch.rows)

    def _batches(self, path: str, name: str, start: int, params: dict[str, str | int]) -> Iterator[Batch]:
        number = start
        while True:
            answer = self._call.json(path, **{"limit": LIMIT} | params | {"page": number})
            if not _is_rows(answer.get(name)):
                raise GhostError(f"{self.site} answers without any “{name}”, as no Ghost does. Is that its address?")
            batch = _batch(number, answer[name], answer)
            yield batch
            if number >= batch.of:
                return
            number += 1


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _batch(number: int, rows: list[Row], answer: Row) -> Batch:
    """Read where the rows stand; a list without pagination, or an empty batch, is the last."""
    meta = answer.get("meta")
    place = meta.get("pagination") if isinstance(meta, dict) else None
    place = place if isinstance(place, dict) else {}
    pages, total = place.get("pages"), place.get("total")
    return Batch(
        number,
        pages if rows and isinstance(pages, int) else number,
        total if isinstance(total, int) else len(rows),
        rows,
    )
