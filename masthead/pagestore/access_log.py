"""The access log: one line a request, written in batches, without queries, secrets or whole addresses."""

import ipaddress
import os
import time
from collections.abc import Callable
from typing import Final

LONGEST: Final = 300  # characters of a path
_UNSAFE: Final = {number: f"\\x{number:02x}" for number in [*range(32), 34, 92, *range(127, 256)]}


class AccessLog:
    """Lines that wait in memory until `flush`, which the worker calls once a second."""

    def __init__(self, write: Callable[[bytes], object], *, proxies: Callable[[str], bool] = lambda _: False) -> None:
        """Write with `write`; `proxies` says whether an address is of a proxy whose X-Forwarded-For is believed."""
        self._write, self._proxies = write, proxies
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
        """Note a request: `path` as asked for or as a route, `size` in bytes, `source` store or django."""
        address = client[0] if client else ""
        if forwarded and self._proxies(address):
            address = forwarded.rpartition(",")[2].strip()
        told = path[:LONGEST].translate(_UNSAFE)
        self._lines.append(f'{shortened(address)} [{self._now()}] "{method} {told}" {status} {size} {source}\n')
        if len(self._lines) > 10_000:
            self.flush()

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
