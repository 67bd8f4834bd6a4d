"""One call to a running Ghost's Admin API: signed, tried again while that helps, and its failures explained."""

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils import timezone

from masthead.core.fetching import Answered, Fetched, FetchError, NoAnswer, fetch, fetch_to
from masthead.core.ghost_token import make_token

KEY = re.compile(r"([0-9a-f]{24}):([0-9a-f]{64})", re.IGNORECASE)
TRIES = 6
LONGEST_WAIT = 300  # seconds, whatever Retry-After says
PAGE_BYTES, PAGE_SECONDS = 100_000_000, 60
FILE_BYTES, FILE_SECONDS = 4_000_000_000, 3600
EXPORT_SECONDS = 300  # that Ghost may need to put an export together before it says a word
PASSING = {429, 500, 502, 503, 504}
NEW_KEY = (
    "Make a custom integration in Ghost under Settings > Integrations and take its Admin API key, or, for what an "
    "integration may not read, the owner's staff access token (Ghost, your profile)."
)


class GhostError(Exception):
    """A running Ghost cannot be read; the message says why and what to do, and never holds the key."""


@dataclass(frozen=True, slots=True)
class Key:
    """The two halves of an Admin API key, neither of which is ever shown."""

    id: str = field(repr=False)
    secret: str = field(repr=False)

    @classmethod
    def parsed(cls, text: str) -> "Key":
        """Read "id:secret"; raises GhostError, without the key, for what is none."""
        if parts := KEY.fullmatch(text.strip()):
            return cls(parts[1], parts[2])
        raise GhostError(
            "That is no Admin API key of Ghost: 24 hex digits, a colon, 64 hex digits. (A Content API key is "
            f"another thing and not enough.) {NEW_KEY}"
        )


class Caller:
    """Calls one Ghost with one key."""

    def __init__(
        self,
        site: str,
        key: str,
        *,
        now: Callable[[], datetime] = timezone.now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the site's address, as people have it, and an Admin API key; raises GhostError for what is none."""
        self.site = _site(site)
        self._key, self._now, self._sleep = Key.parsed(key), now, sleep

    def __repr__(self) -> str:
        return f"<Caller of {self.site}>"

    def json(self, path: str, **params: str | int) -> dict[str, Any]:
        """Return the object that a path below the Admin API answers with."""
        try:
            answer = json.loads(self.file(path, **params))
        except (ValueError, RecursionError) as error:
            raise self._no_ghost() from error
        if not isinstance(answer, dict):
            raise self._no_ghost()
        return answer

    def file(self, path: str, **params: str | int) -> bytes:
        """Return the bytes of a small file that a path answers with."""
        url = self._url(path, params)
        return self._tried(
            path, lambda: fetch(url, headers=self._headers(), most_bytes=PAGE_BYTES, seconds=PAGE_SECONDS)
        ).content

    def save(self, path: str, to: Path, **params: str | int) -> None:
        """Take a large file to disk, whole or not at all."""
        url = self._url(path, params)
        self._tried(
            path,
            lambda: fetch_to(
                url,
                to,
                headers=self._headers(),
                most_bytes=FILE_BYTES,
                seconds=FILE_SECONDS,
                quiet_seconds=EXPORT_SECONDS,
            ),
        )

    def _url(self, path: str, params: Mapping[str, str | int]) -> str:
        query = f"?{urlencode(params)}" if params else ""
        return f"{self.site}/ghost/api/admin/{path}/{query}"

    def _headers(self) -> dict[str, str]:
        token = make_token(self._key.id, self._key.secret, at=self._now())
        return {"Authorization": f"Ghost {token}", "Accept-Version": "v5.0"}

    def _tried(self, path: str, call: Callable[[], Fetched]) -> Fetched:
        """Call until it works, waiting longer each time, as long as it may pass by itself."""
        for attempt in range(TRIES):
            status, headers, said, url = _outcome(call)
            if status // 100 == 2 and isinstance(said, Fetched):
                return said
            if status and status not in PASSING:
                raise self._refused(path, status, url)
            if attempt + 1 < TRIES:
                self._sleep(_wait(headers, attempt, self._now()))
        reason = f"It answered {status}." if status else str(said)
        raise GhostError(f"{self.site} could not be read, {TRIES} times over. {reason} Run the import again later.")

    def _refused(self, path: str, status: int, url: str) -> GhostError:
        asked, answered = urlsplit(self.site).hostname, urlsplit(url).hostname
        if answered and answered != asked:
            return GhostError(f"“{asked}” sends its Admin API to “{answered}”. Name that address instead.")
        if status == 401:
            return GhostError(f"The key was refused by {self.site}, or the clock of one of the two is wrong. {NEW_KEY}")
        if status == 403:
            return GhostError(f"The key was refused by {self.site} for “{path}”. {NEW_KEY}")
        return self._no_ghost(f"“{path}” answered {status}.")

    def _no_ghost(self, reason: str = "What it says is not what Ghost says.") -> GhostError:
        return GhostError(
            f"{self.site} does not answer as a Ghost with an Admin API (version 5 or later). {reason} "
            "Name the address at which you open Ghost's admin, without /ghost."
        )


def _outcome(call: Callable[[], Fetched]) -> tuple[int, Mapping[str, str], Fetched | Exception, str]:
    """Return the status, 0 if no whole answer came; raises GhostError for what no patience helps."""
    try:
        fetched = call()
    except NoAnswer as error:
        return 0, {}, error, ""
    except Answered as error:
        return error.status, error.headers, error, ""
    except FetchError as error:
        raise GhostError(str(error)) from error
    return fetched.status, fetched.headers, fetched, fetched.url


def _wait(headers: Mapping[str, str], attempt: int, now: datetime) -> float:
    """Return the seconds to wait: what Retry-After says (RFC 9110, 10.2.3), else twice as long each time."""
    said = headers.get("retry-after", "").strip()
    seconds = float(2**attempt)
    if said.isascii() and said.isdigit():
        seconds = float(said[:9])
    elif said:
        with suppress(ValueError, TypeError):
            seconds = (parsedate_to_datetime(said) - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _site(site: str) -> str:
    """Return the address below which /ghost/api/ lies: with a scheme, without /ghost and what follows."""
    address = site.strip()
    address = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if not parts.netloc or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise GhostError("That is no address of a Ghost. Write it as https://paper.example.")
    path = re.sub(r"/ghost(/.*)?$", "", parts.path).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"
