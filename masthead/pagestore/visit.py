"""A visit: what the headers of a request say, as far as the page store looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from masthead.access.reader import Reader
from masthead.access.reader_key import Depends
from masthead.pagestore import encodings
from masthead.pagestore.cookies import Keys

NEVER: Final = float("inf")
# A request with one of these is for Django: it asks for more than a page, or for a page on a condition that is not ours.
_NOT_PLAIN: Final = frozenset(
    (
        b"authorization",
        b"expect",
        b"upgrade",
        b"transfer-encoding",
        b"if-match",
        b"if-unmodified-since",
        b"demo-through",
    )
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of our cookies, as bytes; those of a site with TLS begin with __Host-."""

    session: bytes
    reader: bytes
    unlocked: bytes
    messages: bytes


@dataclass(slots=True)
class Visit:
    """What every request with these headers has in common.

    `reader` is None where only Django can say who is asking; `expires` is the moment (seconds since 1970) until which it is known.
    """

    coding: str
    known_etags: bytes
    reader: Reader | None = None
    unlocked: frozenset[str] = frozenset()  # public ids
    expires: float = NEVER
    member: str = ""
    position: int = 0
    forwarded: str = ""  # X-Forwarded-For, for the access log
    _keys: dict[object, str] = field(default_factory=dict)

    def key(self, depends: Depends) -> str:
        """Return the Reader key of this visitor on a page."""
        gate = depends.gate
        if self.unlocked and gate is not None:
            return depends.key(self._with_unlocked(gate.post_id, gate.public_id))
        short = (gate.visibility, gate.tiers, gate.has_parts) if gate is not None else depends.is_same
        key = self._keys.get(short)
        if key is None:
            key = self._keys[short] = depends.key(self.reader or Reader())
        return key

    def _with_unlocked(self, post_id: int, public_id: str) -> Reader:
        reader = self.reader or Reader()
        opened = frozenset({post_id}) if public_id in self.unlocked else frozenset()
        return Reader(reader.is_member, False, reader.tiers, opened)


class Unreadable(ValueError):
    """Headers that the page store leaves to Django."""


def read_visit(headers: Sequence[tuple[bytes, bytes]], *, hosts: frozenset[bytes], names: Names, keys: Keys) -> Visit:
    """Read the headers of a request (names in small letters); raises Unreadable for one that is not a plain reading.

    A session without a reader cookie that is in force leaves `reader` None: Django says who it is, and gives one.
    """
    host, cookies, accepted, known, forwarded, seen = b"", b"", b"", b"", b"", 0
    for name, value in headers:
        if name == b"host":
            host, seen = value, seen + 1
        elif name == b"cookie":
            cookies = cookies + b"; " + value if cookies else value
        elif name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            known = value
        elif name == b"x-forwarded-for":
            forwarded = forwarded + b", " + value if forwarded else value
        elif name in _NOT_PLAIN or (name == b"content-length" and value != b"0"):
            raise Unreadable(name.decode())
    if seen != 1 or host.lower() not in hosts:
        raise Unreadable("host")
    visit = Visit(encodings.chosen(accepted.decode("latin-1")), known, forwarded=forwarded.decode("latin-1"))
    _read_cookies(visit, cookies, names, keys)
    return visit


def _read_cookies(visit: Visit, cookies: bytes, names: Names, keys: Keys) -> None:
    ours: dict[bytes, str] = {}
    for pair in cookies.split(b";") if cookies else ():
        name, _, value = pair.strip(b" \t").partition(b"=")
        if name in (names.session, names.reader, names.unlocked, names.messages):
            if name in ours:
                raise Unreadable("a cookie twice")
            ours[name] = value.decode("latin-1")
    if names.messages in ours:
        raise Unreadable("messages")
    session = ours.get(names.session)
    visit.reader = Reader() if session is None else None
    if session is not None and (given := ours.get(names.reader)) is not None:
        told = keys.read_reader_cookie(given, session=session)
        if told is not None:
            visit.reader = Reader(is_member=True, tiers=told.tiers)
            visit.expires, visit.member, visit.position = told.expires, told.member, told.position
    if names.unlocked in ours and (opened := keys.read_unlocked_cookie(ours[names.unlocked])) is not None:
        visit.unlocked = frozenset(opened.posts)
        visit.expires = min(visit.expires, opened.expires)
