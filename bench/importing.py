"""Importing a folder of Markdown, beside reading and parsing the same files alone."""

import time
from pathlib import Path
from statistics import median

from bench.ground import Ground
from bench.running import python
from bench.table import number, show, times

ROUNDS = 3


def measure(ground: Ground) -> None:
    """Print posts per second of an import into a new publication, and of the same import once more."""
    done = ground.imported
    parsed = median(_parse(done.posts) for _ in range(ROUNDS))
    rows = [
        _row("import into a new publication", done.anew, parsed, ground.posts),
        _row("the same import again, nothing changed", done.again, parsed, ground.posts),
        _row("beside it: read and parsed by markdown-it-py alone", parsed, parsed, ground.posts),
    ]
    notes = ["each is a whole process, from its start to its end; the yardstick is a median of three"]
    show(f"Importing {ground.posts:,} posts", ["", "seconds", "posts/s", "time ratio"], rows, notes=notes)


def _row(name: str, seconds: float, parsed: float, posts: int) -> list[str]:
    return [name, number(seconds), number(posts / seconds), times(seconds, parsed)]


def _parse(posts: Path) -> float:
    begun = time.perf_counter()
    python("-m", "bench.inside.parsing", posts)
    return time.perf_counter() - begun
