"""Purging by the method PURGE, as caches that one runs oneself take it."""

from collections.abc import Sequence
from typing import Final

from masthead.pagestore.providers.base import batches, call

MOST: Final = 100  # tags in a call, so that its headers stay below the 8 KB of most servers


class MethodPurge:
    """Sends `PURGE address` with the tags in `Cache-Tag`, commas between, and in `xkey`, spaces between.

    The second is what Varnish's vmod_xkey reads (varnish-modules, src/vmod_xkey.vcc); the configuration of another
    cache reads whichever it likes.
    """

    def __init__(self, address: str, *, token: str) -> None:
        self._address, self._token = address, token

    def purge(self, tags: Sequence[str]) -> None:
        """Let the cache forget everything with one of these tags; raises PurgeError."""
        for some in batches(tags, MOST):
            told = {"Cache-Tag": ",".join(some), "xkey": " ".join(some)}
            call(self._address, "PURGE", token=self._token, headers=told)
