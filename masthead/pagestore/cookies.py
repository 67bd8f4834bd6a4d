"""The cookies that say which variant of a page may be shown: the reader cookie and the one of unlocked posts.

Neither signs anybody in: what writes or shows something personal uses the session. Each is verified by a keyed BLAKE2b
(RFC 7693) over what it says; the reader cookie also over the session that it was given beside, so that one without the other
is worth nothing.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

LIFETIME = 300  # seconds, at most; less where an entitlement begins or ends before
MAC_SIZE = 16  # bytes
ID_SIZE = 8  # bytes
MOST_UNLOCKED = 40  # posts in one cookie
LONGEST = 1500  # characters; a longer cookie is not looked at


@dataclass(frozen=True, slots=True)
class ReaderCookie:
    """What a reader cookie says: a member's variant, from a position of the purge log on, until a moment (seconds)."""

    member: str
    position: int
    expires: int
    tiers: frozenset[int]


@dataclass(frozen=True, slots=True)
class UnlockedCookie:
    """Public ids of posts that are open for whoever holds it, until a moment (seconds); the last unlocked one last."""

    posts: tuple[str, ...]
    expires: int


class Keys:
    """Everything that is derived from the publication's secret; one of another site or purpose verifies nothing."""

    def __init__(self, secret: str, site: str) -> None:
        self._key = hashlib.blake2b(f"{site}\n{secret}".encode(), digest_size=32, person=b"masthead-cookies").digest()

    def _mac(self, purpose: bytes, said: str, size: int = MAC_SIZE) -> str:
        return hashlib.blake2b(said.encode(), key=self._key, digest_size=size, person=purpose).hexdigest()

    def _is_mac(self, given: str, purpose: bytes, said: str) -> bool:
        return hmac.compare_digest(self._mac(purpose, said), given)

    def id_of_member(self, pk: int) -> str:
        """Return the name by which a cookie knows a member."""
        return self._mac(b"member", str(pk), ID_SIZE)

    def group(self, tiers: Iterable[int], day: int) -> str:
        """Return a word that all members with these tiers share on one day (days since 1970): a CDN may key on it.

        It cannot be guessed, so that nobody reaches a page that is kept for others by writing one.
        """
        return self._mac(b"group", f"{day}:{_joined(tiers)}", ID_SIZE)

    def reader_cookie(self, told: ReaderCookie, *, session: str) -> str:
        """Write the reader cookie of a member, to be sent beside this session's."""
        group = self.group(told.tiers, told.expires // 86400)
        said = f"{group}.{told.member}.{told.position}.{told.expires}.{_joined(told.tiers)}"
        return f"{said}.{self._mac(b'reader', f'{said}|{session}')}"

    def read_reader_cookie(self, value: str, *, session: str) -> ReaderCookie | None:
        """Return what a reader cookie says; None for one that is forged, cut, of another session or site, or nonsense."""
        said, _, mac = value.rpartition(".")
        if not _may_be_ours(value, session) or not self._is_mac(mac, b"reader", f"{said}|{session}"):
            return None
        _, member, position, expires, tiers = said.split(".")
        return ReaderCookie(member, int(position), int(expires), frozenset(map(int, filter(None, tiers.split("-")))))

    def unlocked_cookie(self, told: UnlockedCookie) -> str:
        """Write the cookie of posts that are open for one browser; beyond forty the earliest are left out."""
        said = f"{'~'.join(told.posts[-MOST_UNLOCKED:])}.{told.expires}"
        return f"{said}.{self._mac(b'unlocked', said)}"

    def read_unlocked_cookie(self, value: str) -> UnlockedCookie | None:
        """Return what a cookie of unlocked posts says; None for one that is forged, cut or nonsense."""
        said, _, mac = value.rpartition(".")
        if not _may_be_ours(value) or not self._is_mac(mac, b"unlocked", said):
            return None
        posts, _, expires = said.partition(".")
        return UnlockedCookie(tuple(filter(None, posts.split("~"))), int(expires))


def _joined(tiers: Iterable[int]) -> str:
    return "-".join(map(str, sorted(tiers)))


def _may_be_ours(value: str, session: str = "") -> bool:
    """Say whether a cookie is worth verifying. Neither part holds the bar between them, so that no two read as one text."""
    return len(value) <= LONGEST and all(part.isascii() and "|" not in part for part in (value, session))
