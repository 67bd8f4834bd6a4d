"""One process tree: a parent that starts parts, keeps them running, and stops them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

STOP_TIME = 10.0  # seconds that parts have to finish what they are doing
LONGEST_PAUSE = 30.0  # seconds between two tries to start a part that keeps dying
STEADY = 60.0  # seconds after which a part that died is started at once again
REFUSED = 2
PARENT_VARIABLE = "MASTHEAD_PARENT"


@dataclass
class Part:
    """One child process, and when it may be started again."""

    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it stops by itself should its parent vanish."""
        environment = os.environ | {PARENT_VARIABLE: str(os.getpid())}
        # In a group of its own, so that Ctrl-C reaches the parent alone, which then stops the parts in order.
        self.process = subprocess.Popen(command(*self.words), env=environment, start_new_session=True)  # noqa: S603 (our own)
        self.started = time.monotonic()

    def look(self) -> int | None:
        """Start what is due, note a death, and return the exit code of a part that refused to run."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return None
        code = self.process.poll()
        if code is None or code == REFUSED:
            return code
        self._note_death(code, now)
        return None

    def _note_death(self, code: int, now: float) -> None:
        self.pause = 0.0 if now - self.started > STEADY else min(LONGEST_PAUSE, max(0.5, self.pause * 2))
        self.process, self.due = None, now + self.pause
        print(f"masthead: {self.words[0]} ended with {code}; starting it again", file=sys.stderr, flush=True)

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then end it whatever it does."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def command(*words: str) -> list[str]:
    """Return the command line of another `masthead` command under the same Python."""
    return [sys.executable, "-m", "masthead", *words]


def supervise(parts: Sequence[Part]) -> int:
    """Keep the parts running until SIGTERM or SIGINT, or until one refuses to run; returns the exit code.

    A part that dies is started again, after a growing pause if it dies at once. Parts have ten seconds to stop.
    """
    stopping = _on_stop()
    code = 0
    try:
        while not stopping() and not code:
            code = next((refused for part in parts if (refused := part.look())), 0)
            time.sleep(0.1)
    finally:
        _stop(parts)
    return code


def _on_stop() -> Callable[[], bool]:
    event = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: event.set())
    return event.is_set


def _stop(parts: Sequence[Part]) -> None:
    deadline = time.monotonic() + STOP_TIME
    for part in parts:
        part.ask_to_stop()
    for part in parts:
        part.end(deadline)


def follow_parent() -> None:
    """End this process when the parent that started it as a part is gone, even if it was killed; else do nothing."""
    parent = os.environ.get(PARENT_VARIABLE)
    if parent and parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent),), name="follow-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
