"""Warming: our own pages are asked for as anyone would, so that no reader waits for their first rendering."""

import logging
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException

from django.conf import settings

logger = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds for each step of one page
# Where a server listens that listens at every address of this machine.
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (asked, not listened at)


def warm(paths: Iterable[str]) -> int:
    """Ask our own server for these pages, and return how many it showed.

    That it stands on another machine, is down or slow is no error: then the first reader waits a moment, as ever. It is
    asked at server.host and server.port, past every proxy, so it needs none of the checks of the fetcher for other sites.
    """
    shown = 0
    for path in paths:
        try:
            shown += _shown(path)
        except (OSError, HTTPException) as error:
            logger.debug("%s was not warmed: %s", path, error)
            break
    return shown


def _shown(path: str) -> bool:
    host = settings.CONFIG["server.host"]
    connection = HTTPConnection(_EVERYWHERE.get(host, host), settings.CONFIG["server.port"], timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=_headers())
        return connection.getresponse().status == 200
    finally:
        connection.close()


def _headers() -> dict[str, str]:
    """Return the headers of anyone: the address as readers know it, and a coding that most of them take."""
    return {
        "Host": settings.ADDRESS.partition("://")[2],
        "Accept-Encoding": "br",
        "User-Agent": "masthead-warming",
    }
