"""Limits of a worker: how large bodies may be and how much of the disk they may take, and how many files may be open."""

import contextlib
import resource
from pathlib import Path
from typing import Final

from masthead.pagestore.bodies import Room

# Where staff and their programs bring files; everybody else brings forms.
_LARGE: Final = ("/desk/", "/ghost/api/admin/")
LARGEST_OF_ANYONE: Final = 5 * 1024 * 1024  # bytes
OTHER_FILES: Final = 1_000  # beside connections: databases, segments, bodies on their way, files that are being sent


class Limits:
    """How large a body may be, and the room for all of one worker's, for the desk's and for anybody's."""

    def __init__(self, folder: Path, *, largest: int) -> None:
        """Let bodies wait in `folder`; those for the desk and the Admin API may have `largest` bytes."""
        self._largest = largest
        self._of_staff = Room(folder, most=4 * largest)
        self._of_anyone = Room(folder, most=40 * LARGEST_OF_ANYONE)

    def most(self, path: str) -> int:
        """Return how many bytes a request for a path may bring."""
        return self._largest if path.startswith(_LARGE) else min(self._largest, LARGEST_OF_ANYONE)

    def room(self, path: str) -> Room:
        """Return the room in which the body of a request for a path waits."""
        return self._of_staff if path.startswith(_LARGE) else self._of_anyone


def allow_files(connections: int) -> None:
    """Let this process have as many files open as so many connections need, as far as the system allows (RLIMIT_NOFILE)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
