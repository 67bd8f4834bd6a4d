"""The JSON of a request, read within bounds."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from masthead.api.admin.errors import TooLarge, Unsupported
from masthead.api.errors import ApiError

LARGEST = 10 * 1024 * 1024  # bytes


def json_of(request: HttpRequest) -> dict[str, Any]:
    """Return the object that the body holds; ApiError for what is none, is too large, or that no table could keep."""
    if request.content_type not in ("application/json", ""):
        raise Unsupported("The body is not JSON.", "Send it with Content-Type: application/json.")
    if length_of(request) > LARGEST:
        raise _too_large()
    try:
        raw = request.read(LARGEST + 1)
    except (OSError, MultiPartParserError) as error:
        raise ApiError("The body did not arrive whole.", "Send it again.") from error
    if len(raw) > LARGEST:
        raise _too_large()
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ApiError("The body is not JSON.", f"It cannot be read: {str(error)[:120]}.") from error
    if not isinstance(value, dict):
        raise ApiError("The body is not an object of JSON.", 'Send {"posts": [{...}]}, for example.')
    _refuse_unkeepable(value)
    return value


def length_of(request: HttpRequest) -> int:
    """Return how many bytes the body is said to have; 0 where nothing usable is said."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else 0


def _too_large() -> TooLarge:
    return TooLarge("The body is larger than 10 MB.", "Send less: pictures and files are uploaded apart.")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _refuse_unkeepable(value: Any) -> None:
    """Refuse texts with a NUL or half a character in them, which databases cannot keep."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            waiting += [*held, *held.values()]
        elif isinstance(held, list):
            waiting += held
        elif isinstance(held, str) and ("\0" in held or (not held.isascii() and _is_broken(held))):
            raise ApiError("The body has a NUL, or half a character, in a text.", "Take it out and send it again.")


def _is_broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)
