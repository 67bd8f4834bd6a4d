"""What every purge provider does, and what they have in common."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from masthead.core.fetching import Fetched, FetchError, fetch

SECONDS = 10.0  # for one call


class PurgeError(Exception):
    """What stands in front was not told, or did not accept it; the message is for an operator."""


class PurgeProvider(Protocol):
    """Tells one proxy or CDN."""

    def purge(self, tags: Sequence[str]) -> None:
        """Let it forget everything with one of these tags; raises PurgeError. What is told twice does no harm."""
        ...


def batches(tags: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Cut a list into calls."""
    for start in range(0, len(tags), size):
        yield tags[start : start + size]


def call(address: str, method: str, *, token: str, headers: Mapping[str, str], body: bytes | None = None) -> Fetched:
    """Make one call and return its answer; raises PurgeError for none, and for one that says no."""
    signed = {"Authorization": f"Bearer {token}", **headers} if token else headers
    try:
        answer = fetch(address, method=method, headers=signed, body=body, most_bytes=100_000, seconds=SECONDS)
    except FetchError as error:
        raise PurgeError(f"What changed could not be told in front. {error}") from error
    if answer.status // 100 != 2:
        raise PurgeError(f"“{answer.url}” answered {answer.status} when it was told what changed.")
    return answer
