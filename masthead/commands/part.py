"""One part of a process tree: what one process does, whichever process does it now."""

import sys
import time
from collections.abc import Callable, Sequence

from masthead.commands.children import Child

LONGEST_PAUSE = 30.0  # seconds between two tries to start a part that keeps dying
STEADY = 60.0  # seconds after which a part that died counts as one that had not died before
REFUSED = 2


def say(words: str) -> None:
    """Tell whoever reads the log."""
    print(f"masthead: {words}", file=sys.stderr, flush=True)


class Part:
    """A command that is to run, and the process that runs it."""

    def __init__(
        self, words: Sequence[str], *, inherited: Callable[[], Sequence[int]] = tuple, after: "Part | None" = None
    ) -> None:
        """Run this command, with these open files, once the part that it comes `after` has been ready."""
        self.words, self._inherited, self._after = words, inherited, after
        self.child: Child | None = None
        self.leaving: list[Child] = []  # processes that may not outlive the tree: not ready yet, or stopping
        self.was_ready = False
        self._pause, self._due = -1.0, 0.0

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return self.words[0]

    def make(self) -> Child:
        """Start a process for it."""
        return Child(self.words, inherited=self._inherited())

    def look(self) -> int:
        """Start what is due and note a death; return an exit code if it refuses to run the first time, else 0."""
        if self.child is None:
            if time.monotonic() >= self._due and (self._after is None or self._after.was_ready):
                self.child = self.make()
            return 0
        self.was_ready = self.child.is_ready() or self.was_ready
        code = self.child.code()
        if code == REFUSED and not self.was_ready:
            return code
        if code is not None:
            self._note_death(code, self.child)
        return 0

    def _note_death(self, code: int, child: Child) -> None:
        """Start it again: at once if it had been steady or died for the first time, else after a growing pause."""
        now = time.monotonic()
        is_steady = self._pause < 0 or now - child.began > STEADY
        self._pause = 0.0 if is_steady else min(LONGEST_PAUSE, max(0.5, self._pause * 2))
        self._due, self.child = now + self._pause, None
        child.end(now)
        say(f"{self.name} ended with {code}; starting it again")

    def processes(self) -> list[Child]:
        """Return every process that it has."""
        return [*([self.child] if self.child else []), *self.leaving]
