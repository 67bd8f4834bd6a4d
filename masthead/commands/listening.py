"""The port of a publication: one parent has it at a time, and a new parent takes it beside workers that outlived theirs."""

import contextlib
import errno
import fcntl
import os
import socket
from pathlib import Path

from masthead.commands import Refused

BACKLOG = 2048  # connections that wait to be accepted, as uvicorn asks for


class Port:
    """Host and port of one publication, for the parent of its process tree.

    Two locks (flock(2)) stand in data/, so that the kernel knows who lives. `serving.lock` is the parent's alone.
    `listening.lock` is shared with the workers that inherit the listening socket, and says where they listen.
    """

    def __init__(self, host: str, port: int, data: Path) -> None:
        self._host, self._port, self._data = host, port, data
        self._serving = self._listening = -1
        self._listener: socket.socket | None = None

    def hold(self) -> None:
        """Refuse if another process serves this folder; nobody does while it has no data/, and then nothing is written."""
        if self._serving >= 0 or not self._data.is_dir():
            return
        file = os.open(self._data / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if not _is_locked(file, fcntl.LOCK_EX):
            other = os.pread(file, 20, 0).decode("ascii", "replace").strip()
            os.close(file)
            raise Refused(f"{self._data.parent} is served already, by process {other}. Stop that first, or reload it.")
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._serving = file

    def take(self) -> int:
        """Listen, so that readers who come before the first worker wait for it; refuses a port that is another's.

        Return the open file of the socket.
        """
        try:
            self._listener = _bound(self._host, self._port)
            self._listener.listen(BACKLOG)
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) != errno.EADDRINUSE or not self._is_with_orphans():
                raise Refused(_why_not(error, self._host, self._port)) from error
            # Its first worker listens when it is ready: until then every reader gets to those that are.
            self._listener = _bound(self._host, self._port, shares=True)
        return self._listener.fileno()

    def inherited(self) -> tuple[int, ...]:
        """Return the open files that a web worker gets."""
        if self._listening < 0 and self._serving >= 0:
            self._listening = self._open_listening()
            _is_locked(self._listening, fcntl.LOCK_SH)
            os.ftruncate(self._listening, 0)
            os.pwrite(self._listening, self._place(), 0)
        files = (self._listener.fileno() if self._listener else -1, self._listening)
        return tuple(file for file in files if file >= 0)

    def _is_with_orphans(self) -> bool:
        """Whether workers of this publication listen there though their parent, who had `serving.lock`, is dead."""
        if self._serving < 0:
            return False
        file = self._open_listening()
        with contextlib.closing(os.fdopen(file, "rb", buffering=0)) as opened:
            return not _is_locked(file, fcntl.LOCK_EX) and opened.read(100) == self._place()

    def _open_listening(self) -> int:
        return os.open(self._data / "listening.lock", os.O_RDWR | os.O_CREAT, 0o600)

    def _place(self) -> bytes:
        return f"{self._host} {self._port}\n".encode()


def _is_locked(file: int, kind: int) -> bool:
    """Lock a file; False if another has it."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def listen(host: str, port: int) -> socket.socket:
    """Take a port for one process; refuses one that is in use."""
    try:
        listener = _bound(host, port)
    except (OSError, OverflowError) as error:
        raise Refused(_why_not(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def _bound(host: str, port: int, *, shares: bool = False) -> socket.socket:
    """Return a socket at the port that a socket of ours may be bound beside; unless it `shares`, nobody else may be there."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shares:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except BaseException:
        listener.close()
        raise
    return listener


def _why_not(error: Exception, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is in use. Stop what runs there, or set another server.port in masthead.toml."
    if number == errno.EACCES:
        return f"port {port} may not be used by this account. Set server.port in masthead.toml to one above 1023."
    return f"cannot listen at {host}, port {port}: {error}. Correct server.host and server.port in masthead.toml."
