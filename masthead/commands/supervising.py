"""One process tree: a parent that starts parts, keeps them running, replaces them one after another, and stops them together."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence

from masthead.commands.children import Child
from masthead.commands.part import Part, say

STOP_TIME = 30.0  # seconds that a part has to finish what it does; a web worker gives up its requests after 25
START_TIME = 60.0  # seconds within which a new process must be ready to take an old one's place
LOOK_EVERY = 0.05  # seconds


class Tree:
    """The parts, and the signals that this process is told what to do by."""

    def __init__(self, parts: Sequence[Part], *, announce: Callable[[], None] = lambda: None) -> None:
        """Keep `parts` running; `announce` is called once, when the first of them is ready."""
        self.parts = list(parts)
        self._announce: Callable[[], None] | None = announce
        self._stop, self._hung_up = threading.Event(), threading.Event()
        self._code = 0

    def run(self, *, renew: Callable[["Tree"], None] | None = None) -> int:
        """Run until SIGTERM or SIGINT, or until a part refuses to start at all; return the exit code.

        SIGHUP calls `renew`, or stops where there is none, or where the terminal went away that this was started from.
        """
        self._listen(had_terminal=has_terminal(), renews=renew is not None)
        try:
            while not self.is_stopping():
                if renew is not None and self._hung_up.is_set():
                    self._hung_up.clear()
                    renew(self)
                self._look()
        finally:
            self._end(self.parts)
        return self._code

    def is_stopping(self) -> bool:
        """Say whether the tree was told to stop."""
        return self._stop.is_set()

    def _listen(self, *, had_terminal: bool, renews: bool) -> None:
        def hung_up(*_: object) -> None:
            is_left = had_terminal and not has_terminal()
            (self._hung_up if renews and not is_left else self._stop).set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        signal.signal(signal.SIGHUP, hung_up)

    def _look(self) -> None:
        for part in self.parts:
            if code := part.look():
                self._code = code
                self._stop.set()
        if self._announce is not None and self.parts[0].was_ready:
            self._announce()
            self._announce = None
        self._stop.wait(LOOK_EVERY)

    def wait_for(self, is_so: Callable[[], bool], *, seconds: float) -> bool:
        """Keep everything running until something is so; False if it is not in time, or the tree is to stop."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if self.is_stopping() or time.monotonic() > deadline:
                return False
            self._look()
        return True

    def roll(self) -> bool:
        """Replace every process by a new one, one after another; False where one did not start, and the old ones stay."""
        return all(self.replace(part) for part in list(self.parts))

    def replace(self, part: Part) -> bool:
        """Start a new process for a part, and when that is ready stop the old one; False if it does not become ready."""
        new = part.make()
        part.leaving.append(new)
        self.wait_for(lambda: new.is_ready() or new.code() is not None, seconds=START_TIME)
        if not new.is_ready():
            if not self.is_stopping():
                say(f"the new {part.name} did not start; what runs goes on as it was")
                self.let_go(part, new, seconds=0)
            return False
        old, part.child, part.was_ready = part.child, new, True
        part.leaving.remove(new)
        if old is not None:
            part.leaving.append(old)
            old.ask_to_stop()
            self.let_go(part, old, seconds=STOP_TIME)
        return True

    def let_go(self, part: Part, child: Child, *, seconds: float) -> None:
        """Wait for a process to end, and end it after so many seconds."""
        self.wait_for(lambda: child.code() is not None, seconds=seconds)
        if not self.is_stopping():
            child.end(time.monotonic())
            part.leaving.remove(child)

    def drop(self, part: Part) -> None:
        """Stop a part for good; never the first."""
        self.parts.remove(part)
        first = self.parts[0]
        for child in part.processes():
            first.leaving.append(child)
            child.ask_to_stop()
            self.let_go(first, child, seconds=STOP_TIME)

    @staticmethod
    def _end(parts: Sequence[Part]) -> None:
        deadline = time.monotonic() + STOP_TIME
        children = [child for part in parts for child in part.processes()]
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.end(deadline)


def has_terminal() -> bool:
    """Say whether this process has a controlling terminal that is still there."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
