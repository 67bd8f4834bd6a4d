"""Settings of a publication with an address that takes its time, and of web workers that can be told not to start."""

import sys
import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from masthead.settings import *  # noqa: F403
from masthead.settings import CONFIG
from masthead.settings import MIDDLEWARE as USUAL

MIDDLEWARE = ["tests.commands.slowly.slowly", *USUAL]
SECONDS = 2.0
BEFORE, BETWEEN, WHOLE = "/slow/before/", "/slow/between/", b"The whole answer."

if "--listener" in sys.argv and (CONFIG.folder / "broken").exists():
    raise RuntimeError("This worker was told not to start.")


def slowly(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer two addresses late: before the first byte, or between the first and the last."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path == BEFORE:
            time.sleep(SECONDS)
        if request.path not in (BEFORE, BETWEEN):
            return get_response(request)
        return StreamingHttpResponse(_pieces(0 if request.path == BEFORE else SECONDS))

    return answer


def _pieces(seconds: float) -> Iterator[bytes]:
    yield WHOLE[:5]
    time.sleep(seconds)
    yield WHOLE[5:]
