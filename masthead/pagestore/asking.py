"""What Django is asked: the request as it came, or without what one browser asks for itself; never with what could be misread."""

from typing import Any, Final

from masthead.pagestore.bodies import Body

Scope = Any
Headers = list[tuple[bytes, bytes]]
# Headers for one browser's copy or for part of a page; a page that is to be kept is asked for without them.
_ITS_OWN: Final = frozenset((b"if-none-match", b"if-modified-since", b"range", b"if-range", b"accept-encoding"))
_FRAMING: Final = frozenset((b"content-length", b"transfer-encoding"))


def for_all(scope: Scope) -> Scope:
    """Return a request without what one browser asks for itself: what is rendered is for all with the same key."""
    headers = [(name, value) for name, value in scope["headers"] if name not in _ITS_OWN]
    return {**scope, "headers": headers, "query_string": b""}


def for_django(scope: Scope, body: Body | None) -> Scope:
    """Return a request whose headers say the same to Django as to us.

    WSGI turns a hyphen into an underscore, so that X_Forwarded_For would count as X-Forwarded-For, which a proxy in front
    takes out (as in CVE-2026-3902): names with an underscore are left out. Of several Cookie headers it would make one with commas
    (RFC 9113, 8.2.3: semicolons). A body that came in chunks is all here, and Django wants its length.
    """
    headers: Headers = [(name, value) for name, value in scope["headers"] if b"_" not in name and name != b"cookie"]
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    if cookies:
        headers.append((b"cookie", b"; ".join(cookies)))
    if body is not None:
        headers = [(name, value) for name, value in headers if name not in _FRAMING]
        headers.append((b"content-length", str(body.size).encode()))
    return {**scope, "headers": headers}


def is_for_part(headers: Headers) -> bool:
    """Say whether a part of a file is asked for (RFC 9110, 14.2): Django answers it, or the whole."""
    return any(name == b"range" for name, _ in headers)


def has_body(headers: Headers) -> bool:
    """Say whether a request has a body (RFC 9112, 6.3)."""
    return any(name == b"transfer-encoding" or (name == b"content-length" and value != b"0") for name, value in headers)


def length_of(headers: Headers) -> int:
    """Return the length of the body that is announced, in bytes; 0 where none is."""
    return int(next((value for name, value in headers if name == b"content-length"), b"0"))
