"""A publication that `masthead serve` runs as one process tree, with a process beside it that acts."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, cast

from tests.commands.load import SEALED, Load, Reader, loaded
from tests.commands.running import environment, free_port, masthead, publication, status_at, wait_for
from tests.pagestore.live import Live, ask, heard, start_acting

PATIENCE = 60  # seconds


@dataclass
class Process:
    """A process that is known by its number."""

    pid: int


class Served:
    """The tree: its parent, its parts, and what may be read there."""

    def __init__(self, folder: Path, port: int, log: IO[bytes], acting: "subprocess.Popen[str]") -> None:
        self.folder, self.port, self._log, self._acting = folder, port, log, acting
        self.process = self.start()
        self.paid_post = ""
        self._paid = ""
        self._number = 0

    def start(self) -> "subprocess.Popen[bytes]":
        """Start `masthead serve`; the tree that was there before is forgotten."""
        words = [sys.executable, "-m", "masthead", "serve", "--dir", str(self.folder)]
        told = environment(DJANGO_SETTINGS_MODULE="tests.commands.slowly")
        self.process = subprocess.Popen(words, env=told, stdout=self._log, stderr=self._log)
        return self.process

    def parts(self, name: str) -> list[int]:
        """Return the processes of the tree that run a command."""
        return [pid for pid, parent, words in processes() if parent == self.process.pid and words[:1] == [name]]

    def is_up(self) -> bool:
        """Say whether every part runs, and every web worker answers."""
        if len(self.parts("web")) != 2 or len(self.parts("worker")) != 1 or status_at(self.port, "/healthz") != 200:
            return False
        site, found = self.live(), set[int]()
        for _ in range(40):
            try:
                with site.connection() as connection:
                    ask(connection, "/healthz")
                    found.add(site.worker_of(connection))
            except (OSError, HTTPException, AssertionError):
                return False  # one that has been replaced answered
            if found == set(self.parts("web")):
                return True
        return False

    def live(self) -> Live:
        """Return it as tests of the page store see it, with the workers of now."""
        return Live(self.folder, self.port, cast(Any, [Process(pid) for pid in self.parts("web")]), self._acting)

    def fill(self) -> None:
        """Put in the cast, a post for those who pay, and a first numbered one."""
        site = self.live()
        site.act("make_cast")
        text = f"Everybody reads this.\n\n<!--more-->\n\nThis is {SEALED}."
        self.paid_post = site.act("publish", title="Paid", text=text, visibility="paid")["path"]
        self._paid = site.act("session_of", name="paid")
        self.publish(0)

    def publish(self, _: int = 0) -> None:
        """Publish the next post with a number."""
        self.live().act("publish", title=f"Number {self._number}", text="It came out.")
        self._number += 1

    def readers(self) -> list[Reader]:
        """Return four readers: with and without a payment, on one connection and on one for each question."""
        session = {"session": self._paid}
        return [Reader(pays, dict(session) if pays else {}, new) for pays in (False, True) for new in (False, True)]

    @contextmanager
    def loaded(self) -> Iterator[Load]:
        """Let readers read while the block runs."""
        with loaded(Load(self.port, self.paid_post, self._number - 1), self.readers(), self.publish) as load:
            yield load

    def said(self) -> str:
        """Return what the tree said so far."""
        return Path(self._log.name).read_text()


def processes() -> list[tuple[int, int, list[str]]]:
    """Return each process of `masthead` that runs: its number, its parent's, and its words."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [
        (int(pid), int(parent), words[words.index("masthead") + 1 :])
        for pid, parent, state, *words in rows
        if "masthead" in words and not state.startswith("Z")
    ]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a new publication with two web workers, and stop whatever is left of it."""
    port = free_port()
    publication(
        folder, 'mode = "demo"', f'address = "http://127.0.0.1:{port}"', "[server]", f"port = {port}", "workers = 2",
        "[billing]", 'provider = "demo"',
    )  # fmt: skip
    assert masthead("migrate", "--dir", folder).returncode == 0
    with (folder.parent / "log").open("wb") as log:
        acting = start_acting(folder, log)
        tree = Served(folder, port, log, acting)
        try:
            assert heard(acting)["answer"] == "ready"
            wait_for(tree.is_up, PATIENCE)
            tree.fill()
            yield tree
        finally:
            acting.kill()
            acting.wait()
            tree.process.terminate()
            tree.process.wait(PATIENCE)
            for pid, _, words in processes():
                if str(folder) in words:
                    os.kill(pid, signal.SIGKILL)
