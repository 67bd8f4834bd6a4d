"""The demo and a publication of one's own, each as a process that answers over HTTP."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.commands.running import environment, free_port, publication, status_at, wait_for

STOP_TIME = 30  # seconds


@dataclass(frozen=True)
class Site:
    """A publication that runs: where it answers, its folder, and the addresses that sign the demo's people in."""

    address: str
    folder: Path
    personas: dict[str, str | None] = field(default_factory=lambda: {"anyone": None})

    def at(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.address + path

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the publication's database, or change it, in one short transaction."""
        with closing(sqlite3.connect(self.folder / "data" / "masthead.sqlite3", timeout=20)) as database, database:
            return database.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """Return the one value that a query finds."""
        ((value,),) = self.rows(query, *values)
        return value


@contextmanager
def demo(folder: Path) -> Iterator[Site]:
    """Run `masthead demo` on a free port, as a newcomer does, and stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ("demo", "--port", str(free_port()), "--dir", str(folder), "--json")
    with _running(words, folder / "demo.log") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, (folder / "demo.log").read_text(encoding="utf-8")
        told = json.loads(line)
        yield Site(told["site"].rstrip("/"), folder, told["personas"])


@contextmanager
def own_publication(folder: Path) -> Iterator[Site]:
    """Run an empty publication at http://localhost: a name, which passkeys need, and no number."""
    port = free_port()
    address = f"http://localhost:{port}"
    publication(folder, 'mode = "dev"', f'address = "{address}"', "[server]", f"port = {port}")
    with _running(("serve", "--dir", str(folder)), folder / "serve.log"):
        wait_for(lambda: status_at(port) == 404, seconds=60)
        yield Site(address, folder)


@contextmanager
def _running(words: tuple[str, ...], log: Path) -> Iterator[subprocess.Popen[str]]:
    # What is logged goes to a file: a pipe that nobody reads would fill up and hold the server.
    with log.open("w", encoding="utf-8") as errors:
        command = [sys.executable, "-m", "masthead", *words]
        process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=STOP_TIME)
