"""The line to the other side: to checked addresses only, and never for longer than agreed."""

import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2


class Deadline:
    """The moment by which everything must have come, however slowly it comes."""

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self._until = time.monotonic() + seconds

    def left(self, most: float) -> float:
        """Return the seconds that one more step may take, at most `most`; raises TimeoutError when none are left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        return min(left, most)


class Line(httpcore2.NetworkStream):
    """An open connection whose every step counts against the one deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, quiet: float) -> None:
        """Take a connected socket; `quiet` is how many seconds the other side may be silent."""
        self._sock, self._deadline, self._quiet = sock, deadline, quiet

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there; raises OSError."""
        self._sock.settimeout(self._deadline.left(self._quiet))
        return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it; raises httpcore2.WriteError, after which an early answer may still be read."""
        try:
            self._sock.settimeout(self._deadline.left(self._quiet))
            self._sock.sendall(buffer)
        except OSError as error:
            raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "Line":
        """Return the line with TLS on it, the certificate checked for the name that was asked for."""
        self._sock.settimeout(self._deadline.left(self._quiet))
        try:
            return Line(
                ssl_context.wrap_socket(self._sock, server_hostname=server_hostname), self._deadline, self._quiet
            )
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Tell nothing of the socket."""
        return None


class Pinned(httpcore2.NetworkBackend):
    """Connects to the checked addresses, whatever name it is given: a name that meanwhile leads elsewhere does not win."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline, *, connect: float, quiet: float) -> None:
        """Take the addresses in the order to try them; `connect` is the seconds for all of them together."""
        self._addresses, self._deadline, self._connect, self._quiet = addresses, deadline, connect, quiet

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Line:
        """Connect to the first address that takes the call; raises OSError."""
        connecting = Deadline(self._deadline.left(self._connect))
        for number, address in enumerate(self._addresses):
            share = connecting.left(self._connect) / (len(self._addresses) - number)
            try:
                return Line(_connected(address, port, share), self._deadline, self._quiet)
            except OSError as error:
                last = error
        raise last


def _connected(address: str, port: int, seconds: float) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect((address, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock
