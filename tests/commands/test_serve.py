"""The parent of a process tree: how many workers there are, and what ends it."""

import fcntl
import http.client
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import environment, free_port, masthead, publication, status_at, wait_for
from tests.commands.trees import processes

PATIENCE = 60  # seconds


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def paper(tmp_path: Path, port: int) -> Path:
    return written(tmp_path / "paper", port, workers=1)


def written(folder: Path, port: int, *, workers: int) -> Path:
    """Write the settings of a live publication with so many web workers."""
    return publication(
        folder, 'mode = "live"', f'address = "http://127.0.0.1:{port}"', "[server]", f"port = {port}", f"workers = {workers}",
    )  # fmt: skip


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: the window's, and the programs'."""
    window, programs = os.openpty()
    yield window, programs
    os.close(programs)


def parts(process: "subprocess.Popen[bytes]") -> list[str]:
    return sorted(words[0] for _, parent, words in processes() if parent == process.pid)


def test_as_many_web_workers_run_as_the_settings_say_until_the_terminal_is_closed(
    paper: Path, port: int, terminal: tuple[int, int]
) -> None:
    assert masthead("migrate", "--dir", paper).returncode == 0
    window, programs = terminal
    process = subprocess.Popen(
        [sys.executable, "-m", "masthead", "web", "--dir", str(paper)],
        env=environment(),
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(programs, termios.TIOCSCTTY, 0),
    )
    try:
        wait_for(lambda: status_at(port), PATIENCE)
        assert parts(process) == ["web"]
        assert says_nothing_of_itself(port)
        for workers in (2, 1):
            written(paper, port, workers=workers)
            process.send_signal(signal.SIGHUP)
            wait_for(lambda: parts(process) == ["web"] * workers, PATIENCE)  # noqa: B023  (waited for here)
        os.close(window)
        assert process.wait(PATIENCE) == 0
        assert status_at(port) is None
    finally:
        process.kill()
        process.wait()


def says_nothing_of_itself(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/no-such-page/")
    return connection.getresponse().getheader("Server") is None


def test_no_worker_at_all_is_refused_in_one_line(paper: Path, port: int) -> None:
    for command in ("serve", "web"):
        ended = masthead(command, "--dir", written(paper, port, workers=0))
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1) and "server.workers" in ended.stderr
