"""A finished response, as it is kept."""

import json
from dataclasses import dataclass
from typing import Self

from masthead.access.reader_key import Depends, Gate

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One response to everybody with one Reader key: what is sent, and by what it is known to be stale.

    `headers` are those that do not depend on coding or moment; `etag` is 32 hex digits; `position` is that of the purge log
    before the first query; `until` is in seconds since 1970.
    """

    path: str
    key: str
    status: int
    headers: Headers
    etag: str
    depends: Depends
    tags: tuple[str, ...]
    position: int
    until: float
    is_light: bool = False

    @property
    def content_type(self) -> str:
        return next((value for name, value in self.headers if name == "content-type"), "")

    def written(self) -> str:
        """Return it as one line of JSON."""
        gate = self.depends.gate
        told = [
            self.path, self.key, self.status, self.headers, self.etag, self.depends.is_same,
            [gate.post_id, gate.public_id, gate.visibility, sorted(gate.tiers), gate.has_parts] if gate else None,
            self.tags, self.position, self.until,
        ]  # fmt: skip
        return json.dumps(told, separators=(",", ":"))

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Read what `written` wrote."""
        path, key, status, headers, etag, is_same, gate, tags, position, until = json.loads(text)
        depends = Depends(is_same, Gate(gate[0], gate[1], gate[2], frozenset(gate[3]), gate[4]) if gate else None)
        return cls(path, key, status, tuple((n, v) for n, v in headers), etag, depends, tuple(tags), position, until)
