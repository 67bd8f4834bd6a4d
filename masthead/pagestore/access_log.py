"""The access log: one line a request, written in batches, without queries, secrets or whole addresses."""

import ipaddress
import os
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Protocol

LONGEST: Final = 300  # characters of a path
NO_ROUTE: Final = "-"  # stands for a path of which nothing is known, so that it may hold a secret
_UNSAFE: Final = {number: f"\\x{number:02x}" for number in [*range(32), 34, 92, *range(127, 256)]}


class Proxies(Protocol):
    """Knows which addresses are of proxies whose X-Forwarded-For is believed, as uvicorn's middleware does."""

    def __contains__(self, address: str | None) -> bool: ...
    def get_trusted_client_address(self, x_forwarded_for: str) -> tuple[str, int]: ...


class AccessLog:
    """Lines that wait in memory until `flush`, which the worker calls once a second."""

    def __init__(self, write: Callable[[bytes], object], *, proxies: Proxies | None = None) -> None:
        """Write with `write`; `proxies` says whose X-Forwarded-For is believed."""
        self._write, self._proxies = write, proxies
        self._neighbourhood = lru_cache(5_000)(self._neighbourhood_of)
        self._lines: list[str] = []
        self._second, self._moment = 0, ""

    def note(
        self,
        client: tuple[str, int] | None,
        forwarded: str,
        method: str,
        path: str,
        status: int,
        size: int,
        source: str,
    ) -> None:
        """Note a request: `path` as asked for or as a route, `size` of the body in bytes, `source` store, django or server."""
        told = path[:LONGEST].translate(_UNSAFE)
        address = self._neighbourhood(client[0] if client else "", forwarded)
        self._lines.append(f'{address} [{self._now()}] "{method} {told}" {status} {size} {source}\n')
        if len(self._lines) > 10_000:
            self.flush()

    def _neighbourhood_of(self, address: str, forwarded: str) -> str:
        if forwarded and self._proxies is not None and address in self._proxies:
            address = self._proxies.get_trusted_client_address(forwarded)[0]
        return shortened(address)

    def _now(self) -> str:
        now = int(time.time())
        if now != self._second:
            self._second, self._moment = now, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        return self._moment

    def flush(self) -> None:
        """Write what waits."""
        if self._lines:
            lines, self._lines = self._lines, []
            self._write("".join(lines).encode())


def shortened(address: str) -> str:
    """Return an address without its last part, so that it names a neighbourhood and nobody in it: /24 or /48."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "-"
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False).network_address)


def to_file(path: str) -> Callable[[bytes], object]:
    """Return what appends to a file, or writes to standard output for "-"; several processes may share it."""
    file = 1 if path == "-" else os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    return lambda lines: os.write(file, lines)
