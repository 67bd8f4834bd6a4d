"""One child process of a tree: started, asked whether it is ready, stopped."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from masthead.commands.following import PARENT_VARIABLE, READY, READY_VARIABLE


def command(*words: str) -> list[str]:
    """Return the command line of another `masthead` command under the same Python."""
    return [sys.executable, "-m", "masthead", *words]


class Child:
    """A `masthead` command that runs in a process of its own."""

    def __init__(self, words: Sequence[str], *, inherited: Sequence[int] = ()) -> None:
        """Start it. Of this process's files it has those in `inherited`, under the same numbers."""
        self._said, says = os.pipe()
        environment = os.environ | {PARENT_VARIABLE: str(os.getpid()), READY_VARIABLE: str(says)}
        try:
            # In a session of its own, so that Ctrl-C reaches the parent alone, which then stops its parts in order.
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                command(*words), env=environment, start_new_session=True, pass_fds=(*inherited, says)
            )
        except BaseException:
            os.close(self._said)
            raise
        finally:
            os.close(says)
        os.set_blocking(self._said, False)
        self._is_ready = False
        self.began = time.monotonic()

    def is_ready(self) -> bool:
        """Say whether it ever said that it does its work."""
        if not self._is_ready and self._said >= 0:
            with contextlib.suppress(BlockingIOError):
                self._is_ready = os.read(self._said, 1) == READY
                self._forget_pipe()
        return self._is_ready

    def code(self) -> int | None:
        """Return its exit code (of a signal the negative number); None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self.code() is None:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then end it whatever it does."""
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._forget_pipe()

    def _forget_pipe(self) -> None:
        if self._said >= 0:
            os.close(self._said)
            self._said = -1
