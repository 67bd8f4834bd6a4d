"""Running the real command in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.shape.sources import ROOT

SECRET = "a-secret-of-a-test-0123456789-0123456789-0123456789-0123"
OURS = ("MASTHEAD_", "DJANGO_")  # variables that the tests' own process has and a fresh shell has not


def environment(**more: str) -> dict[str, str]:
    """The variables of a fresh shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def masthead(*words: str | Path, timeout: float = 60, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `masthead` with these words to its end."""
    command = [sys.executable, "-m", "masthead", *map(str, words)]
    return subprocess.run(
        command, env=environment(**more), capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL
    )


def start(*words: str | Path, **more: str) -> subprocess.Popen[str]:
    """Start `masthead` with these words and leave it running."""
    command = [sys.executable, "-m", "masthead", *map(str, words)]
    return subprocess.Popen(command, env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def publication(folder: Path, *lines: str, secret: str = SECRET) -> Path:
    """Write a publication's settings into a folder and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "masthead.toml").write_text("\n".join(lines) + "\n")
    (folder / ".env").write_text(f"MASTHEAD_SECRET_KEY='{secret}'\n")
    return folder


def wait_for(answer: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `answer` is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def status_at(port: int, path: str = "/no-such-page/") -> int | None:
    """The status that a server at this port answers with, or None where none answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
