"""Files that the server sends itself, so that no thread of Django's waits for a slow reader."""

import os
from typing import Any

from django.http import FileResponse

from masthead.pagestore.asked import Sendable


def handed_over(response: Any) -> Sendable | None:
    """Take the open file out of a response; None where its body is no file.

    A view says so by `response.sendable`, an open file, an offset and a length in bytes (site/ranges.py); a whole file of Django's
    or WhiteNoise's is found without.
    """
    told = getattr(response, "sendable", None) or _whole(response)
    if told is None or told[2] <= 0:
        return None
    file, offset, length = told
    try:
        taken = Sendable(os.dup(file.fileno()), offset, length)
    except (AttributeError, OSError):  # it stands somewhere else than on this machine's disk
        return None
    response.streaming_content = ()
    return taken


def _whole(response: Any) -> tuple[Any, int, int] | None:
    if not isinstance(response, FileResponse) or response.status_code != 200:
        return None
    file = response.file_to_stream
    length = int(response.headers.get("Content-Length") or 0)
    return (file, 0, length)
