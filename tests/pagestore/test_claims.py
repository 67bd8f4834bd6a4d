"""Claims: one renderer at a time, and none that outlives who made it."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from masthead.pagestore.claims import Claims


def _beside(path: Path, then: Callable[[], object]) -> tuple[int, int]:
    """Claim "/a/" in another process; return its pid and what it writes to when it is done, and let it do `then`."""
    told, tells = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            taken = Claims(path).take("/a/")
            os.write(tells, b"y" if taken is not None else b"n")
            then()
        finally:
            os._exit(0)
    os.close(tells)
    return pid, told


def test_another_process_waits_until_the_claim_is_given_back(tmp_path: Path) -> None:
    ours = Claims(tmp_path / "claims")
    place = ours.take("/a/")
    assert place is not None
    assert _answered(tmp_path, b"n")
    ours.give_back(place)
    assert _answered(tmp_path, b"y")


def _answered(folder: Path, wanted: bytes) -> bool:
    pid, told = _beside(folder / "claims", lambda: None)
    os.waitpid(pid, 0)
    answer = os.read(told, 1)
    os.close(told)
    return answer == wanted


def test_the_claim_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    pid, told = _beside(tmp_path / "claims", signal.pause)
    assert os.read(told, 1) == b"y"
    ours = Claims(tmp_path / "claims")
    assert ours.take("/a/") is None
    assert ours.take("/b/") is not None
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(told)
    assert ours.take("/a/") is not None
