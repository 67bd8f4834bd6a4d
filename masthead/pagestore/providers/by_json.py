"""Purging by a POST of JSON, as Cloudflare takes it; others do, too, or a few lines before them."""

import json
from collections.abc import Sequence
from typing import Final

from masthead.pagestore.providers.base import PurgeError, batches, call

# "You can purge up to 30 cache-tags per API call" (developers.cloudflare.com, Purge cache by cache-tags, 2023); more by now,
# and 30 is never too many.
MOST: Final = 30


class JsonPurge:
    """Posts `{"tags": [...]}` with a bearer token."""

    def __init__(self, address: str, *, token: str) -> None:
        self._address, self._token = address, token

    def purge(self, tags: Sequence[str]) -> None:
        """Let the CDN forget everything with one of these tags; raises PurgeError, also for `"success": false`."""
        for some in batches(tags, MOST):
            body = json.dumps({"tags": list(some)}).encode()
            told = {"Content-Type": "application/json"}
            answer = call(self._address, "POST", token=self._token, headers=told, body=body)
            if _is_refused(answer.content):
                raise PurgeError(f"“{answer.url}” refused what it was told: {answer.content[:300]!r}")


def _is_refused(content: bytes) -> bool:
    """Say whether the answer says that it went wrong, whatever its status (Cloudflare API, Responses)."""
    try:
        told = json.loads(content or b"{}")
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("success") is False
