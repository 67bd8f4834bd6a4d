"""The one fetcher of foreign addresses: nothing else in Masthead asks the network for a page, picture or API."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from masthead.core.outbound.asking import Limits, Question, asked, media_type
from masthead.core.outbound.errors import Answered, BadCertificate, FetchError, NoAnswer, NotAsked, Unfit
from masthead.core.outbound.saving import save

__all__ = ["Answered", "BadCertificate", "FetchError", "Fetched", "NoAnswer", "NotAsked", "Unfit", "fetch", "fetch_to"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the status, whatever it is, and the body in memory. `url` is where it came from in the end."""

    status: int
    url: str
    headers: Mapping[str, str] = field(repr=False)  # names in any case
    content: bytes = field(repr=False)

    @property
    def type(self) -> str:
        """The media type alone, as "image/png"."""
        return media_type(self.headers)


def fetch(
    url: str,
    *,
    most_bytes: int = 5_000_000,
    types: Collection[str] | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    body: bytes | None = None,
    connect_seconds: float = 3,
    seconds: float = 10,
) -> Fetched:
    """Ask a foreign address and return what it says, or raise FetchError with a message for an operator.

    Asked are only http and https on ports 80 and 443, at names whose every network address is of the open internet
    (RFC 6890); what `fetch_allow` lists may be private. The connection goes to the address that was checked. `types`
    are media types, "image/" standing for all of them; they and `most_bytes`, counted unpacked, are checked before the
    body is held. `seconds` are for everything together. At most three redirects of a GET or HEAD are followed, each
    checked anew, and `headers` beyond the harmless do not go to another origin. Any other method is not redirected.

    Never call it inside a transaction.
    """
    question = Question(url, method, headers or {}, body)
    limits = Limits(most_bytes, connect=connect_seconds, seconds=seconds, quiet=seconds, types=types)
    with asked(question, limits) as answer:
        return Fetched(answer.status, answer.url, answer.headers, b"".join(answer.pieces))


def fetch_to(
    url: str,
    path: Path,
    *,
    most_bytes: int,
    types: Collection[str] | None = None,
    headers: Mapping[str, str] | None = None,
    connect_seconds: float = 3,
    seconds: float = 600,
    quiet_seconds: float = 30,
) -> Fetched:
    """Take a foreign file to `path`, in bounded memory, and return its status and headers with no content.

    The rules are those of `fetch`; `quiet_seconds` is how long the other side may be silent. The file appears whole or not at all. When the line breaks, what came stays beside
    it as `.part`, and the next call goes on from there if the other side confirms that it is the same version. Raises
    FetchError; Answered for a status that is no success.
    """
    limits = Limits(most_bytes, connect=connect_seconds, seconds=seconds, quiet=quiet_seconds, types=types)
    answer = save(url, path, headers or {}, limits)
    return Fetched(answer.status, answer.url, answer.headers, b"")
