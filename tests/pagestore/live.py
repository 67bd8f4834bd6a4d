"""The real server: several web workers on one port, without a task worker, and a process beside them that acts."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO, Any

from tests.commands.running import SECRET, environment, masthead, publication, status_at, wait_for

STOP_TIME = 40  # seconds


@dataclass
class Answer:
    """One answer: its status, headers (names in small letters; of several the last) and body."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def is_from_store(self) -> bool:
        return self.headers.get("server-timing", "").startswith("store")


class Live:
    """A publication that is served: where, by which processes, and how to let something happen in it."""

    def __init__(
        self,
        folder: Path,
        port: int,
        workers: list["subprocess.Popen[bytes]"],
        acting: "subprocess.Popen[str]",
        *,
        address: str = "",
    ) -> None:
        self.folder, self.port, self.workers = folder, port, workers
        self.address = address or f"http://127.0.0.1:{port}"
        self._acting = acting

    def act(self, name: str, /, **told: Any) -> Any:
        """Let one of tests/pagestore/acts.py happen in a process of its own; returns when it is committed."""
        assert self._acting.stdin is not None
        self._acting.stdin.write(json.dumps({"act": name, **told}) + "\n")
        self._acting.stdin.flush()
        answer = self._heard()
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def _heard(self) -> dict[str, Any]:
        return heard(self._acting)

    def get(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Ask on a connection of its own; any of the workers may answer."""
        with self.connection() as connection:
            return ask(connection, path, method=method, headers=headers, body=body)

    @contextmanager
    def connection(self) -> Iterator[HTTPConnection]:
        """Hold a connection to one worker."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def connections(self) -> Iterator[list[HTTPConnection]]:
        """Hold a connection to each of the workers, found by asking which process accepted it."""
        found: dict[int, HTTPConnection] = {}
        deadline = time.monotonic() + 60
        while len(found) < len(self.workers) and time.monotonic() < deadline:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.connect()
            ask(connection, "/healthz")
            if found.setdefault(self.worker_of(connection), connection) is not connection:
                connection.close()
        assert len(found) == len(self.workers), f"only {len(found)} workers accept connections"
        try:
            yield list(found.values())
        finally:
            for connection in found.values():
                connection.close()

    def worker_of(self, connection: HTTPConnection) -> int:
        """Return which worker holds the other end of a connection (Linux: /proc/net/tcp and its sockets)."""
        port = connection.sock.getsockname()[1]
        wanted = f"0100007F:{self.port:04X} 0100007F:{port:04X}"
        inode = next(
            parts[9]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if f"{(parts := line.split())[1]} {parts[2]}" == wanted
        )
        for worker in self.workers:
            for file in Path(f"/proc/{worker.pid}/fd").iterdir():
                try:
                    if os.readlink(file) == f"socket:[{inode}]":
                        return worker.pid
                except OSError:
                    continue
        raise AssertionError("no worker holds this connection")


def heard(acting: "subprocess.Popen[str]") -> dict[str, Any]:
    """Return the next answer of an acting process."""
    assert acting.stdout is not None
    line = acting.stdout.readline()
    assert line, "the acting process ended"
    told: dict[str, Any] = json.loads(line)
    return told


def ask(
    connection: HTTPConnection,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """Ask on a connection that stays open."""
    connection.request(method, path, body=body, headers=dict(headers or {}))
    response: HTTPResponse = connection.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, told, response.read(), response.msg.get_all("set-cookie") or [])


@contextmanager
def live(
    folder: Path,
    *,
    workers: int = 1,
    mode: str = "demo",
    lines: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
    address: str = "http://127.0.0.1:{port}",
    **more: str,
) -> Iterator[Live]:
    """Serve a new publication, empty but for what `act` puts into it, with so many web workers and no task worker.

    `address` is its own, which is another where a proxy stands in front. `beside` names modules that are run instead of `masthead` as further workers, each with a fault of its own.

    In demo mode each answer of the store says so in Server-Timing. `lines` go into masthead.toml, with {port} in them
    as the port, `more` into the environment.
    """
    with socket.socket() as listener, (folder.parent / f"{folder.name}.log").open("wb") as log:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        listener.set_inheritable(True)
        port = listener.getsockname()[1]
        told = [line.replace("{port}", str(port)) for line in (f'address = "{address}"', *lines)]
        publication(folder, f'mode = "{mode}"', *told, "[billing]", 'provider = "demo"')
        done = masthead("migrate", "--dir", folder)
        assert done.returncode == 0, done.stderr
        modules = ["masthead"] * workers + list(beside)
        started = [start_worker(folder, listener.fileno(), log, module=module, **more) for module in modules]
        acting = start_acting(folder, log)
        site = Live(folder, port, started, acting, address=address.replace("{port}", str(port)))
        try:
            assert site._heard()["answer"] == "ready"
            wait_for(lambda: status_at(port, "/healthz") == 200, seconds=60)
            with site.connections():
                pass
            yield site
        finally:
            processes: list[subprocess.Popen[Any]] = [*site.workers, acting]
            for process in processes:
                process.send_signal(signal.SIGTERM)
            for process in processes:
                try:
                    process.wait(STOP_TIME)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def start_worker(
    folder: Path, listener: int, log: IO[bytes], *, module: str = "masthead", **more: str
) -> "subprocess.Popen[bytes]":
    """Start a web worker on a socket that listens."""
    words = [sys.executable, "-m", module, "web", "--dir", str(folder), "--listener", str(listener)]
    return subprocess.Popen(words, env=environment(**more), stdout=log, stderr=log, pass_fds=[listener])


def start_acting(folder: Path, log: IO[bytes]) -> "subprocess.Popen[str]":
    """Start a process that lets acts happen in a publication."""
    told = environment(MASTHEAD_DIR=str(folder), DJANGO_SETTINGS_MODULE="masthead.settings", MASTHEAD_SECRET_KEY=SECRET)
    words = [sys.executable, "-m", "tests.pagestore.acting"]
    return subprocess.Popen(words, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
