"""What the operator allows to be fetched although it is private: `fetch_allow` in masthead.toml."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

Pair = tuple[str, int]  # host in lower case, port


def pairs(entries: Iterable[object]) -> frozenset[Pair]:
    """Read entries such as "127.0.0.1:2368", "ghost.internal:443" or "[::1]:2368".

    Raises ValueError with the entry that is not of this form. An entry allows that name on that port, wherever
    the name leads; nothing else of the same machine.
    """
    return frozenset(_pair(entry) for entry in entries)


def _pair(entry: object) -> Pair:
    try:
        parts = urlsplit(f"//{entry}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or "@" in str(entry) or parts.path or parts.query:
        raise ValueError(str(entry))
    return spelled(host), port


def spelled(host: str) -> str:
    """Return a host in its one spelling: lower case, no final dot, an IPv6 address in its short form."""
    host = host.lower().rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host
