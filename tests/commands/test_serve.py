"""`masthead serve`: one process tree that stays up, and stops when it is told to."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import free_port, publication, start, status_at, wait_for


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    folder = publication(
        tmp_path / "paper", 'mode = "live"', f'address = "http://127.0.0.1:{port}"', "[server]", f"port = {port}"
    )
    process = start("serve", "--dir", folder)
    try:
        wait_for(lambda: status_at(port))
        yield process
    finally:
        process.kill()
        process.wait()
        wait_for(lambda: status_at(port) is None)


def parts(process: subprocess.Popen[str]) -> dict[str, int]:
    """The process id of each part, by the command it runs."""
    found = {}
    for line in subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines():
        pid, parent, *words = line.split()
        if int(parent) == process.pid and "masthead" in words:
            found[words[words.index("masthead") + 1]] = int(pid)
    return found


def test_it_answers_runs_a_worker_and_stops_within_ten_seconds(served: subprocess.Popen[str], port: int) -> None:
    assert status_at(port) in (200, 404)
    wait_for(lambda: set(parts(served)) == {"web", "worker"})
    began = time.monotonic()
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=12) == 0
    assert time.monotonic() - began < 10.5
    assert status_at(port) is None


def test_a_part_that_dies_is_started_again(served: subprocess.Popen[str], port: int) -> None:
    wait_for(lambda: "web" in parts(served))
    first = parts(served)["web"]
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: parts(served).get("web", first) != first and status_at(port))


def test_the_parts_end_when_their_parent_is_killed(served: subprocess.Popen[str], port: int) -> None:
    served.kill()
    wait_for(lambda: status_at(port) is None)


def test_the_server_does_not_say_what_it_is(served: subprocess.Popen[str], port: int) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/no-such-page/")
    assert connection.getresponse().getheader("Server") is None
