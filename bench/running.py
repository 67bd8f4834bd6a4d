"""Running Masthead and other programs in processes of their own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("MASTHEAD_", "DJANGO_")  # variables that a fresh shell has not
PATIENCE = 120  # seconds until a server must answer


class Failed(Exception):
    """A program that is measured did not do its work; the message is what it said."""


def masthead(*words: str | Path) -> float:
    """Run a `masthead` command to its end and return the seconds that it took."""
    begun = time.perf_counter()
    _said(["-m", "masthead", *map(str, words)], None)
    return time.perf_counter() - begun


def python(*words: str | Path, publication: Path | None = None) -> str:
    """Run Python to its end, on the settings of a publication if one is named; return what it printed."""
    return _said([str(word) for word in words], publication)


@contextmanager
def running(words: Sequence[str], *, printing: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Keep a program running while it lasts, and stop it then; `printing` leaves what it prints to whoever asked.

    What it says of errors is kept back, and shown only if the measurement fails.
    """
    out = subprocess.PIPE if printing else subprocess.DEVNULL
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(words, env=_environment(None), cwd=ROOT, stdout=out, stderr=said, text=True)
        try:
            yield process
        except (Failed, OSError) as error:
            said.seek(0)
            raise Failed(f"{error}\n{said.read().strip()[-2000:]}") from error
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise Failed(f"nothing answered at {url}")


def fetch(url: str, headers: dict[str, str] | None = None) -> bytes:
    """Return what stands at an address; raises HTTPError for any answer that is no page."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=30) as answer:
        body: bytes = answer.read()
        return body


def free_port() -> int:
    """Find a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _said(words: list[str], publication: Path | None) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=_environment(publication), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def _environment(publication: Path | None) -> dict[str, str]:
    fresh = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    if publication is None:
        return fresh
    return fresh | {"MASTHEAD_DIR": str(publication), "DJANGO_SETTINGS_MODULE": "masthead.settings"}
