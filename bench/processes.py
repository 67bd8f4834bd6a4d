"""Memory of a process tree, as Linux tells it under /proc."""

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process: what it is, and its memory in MB (PSS: pages shared with others count in part; RSS: in full)."""

    pid: int
    name: str
    pss: float | None
    rss: float

    @property
    def memory(self) -> float:
        """Its PSS where the kernel tells it, else its RSS."""
        return self.rss if self.pss is None else self.pss


def tree_of(pid: int) -> list[Process]:
    """Return a process and everything below it, parents first."""
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may hold anything; the parent is the second word behind it.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop(0))
        waiting += sorted(children.get(found[-1], []))
    return [process for one in found if (process := _process(one))]


def _process(pid: int) -> Process | None:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
        rss = _field(pid, "status", "VmRSS:")
    except OSError:
        return None  # it ended
    return Process(pid, _name(words), _pss(pid), rss or 0.0)


def _name(words: list[str]) -> str:
    """Name a part by its command: `masthead web`."""
    if "masthead" in words[:3]:
        return " ".join(words[words.index("masthead") :][:2])
    return Path(words[0]).name


def _pss(pid: int) -> float | None:
    try:
        return _field(pid, "smaps_rollup", "Pss:")
    except OSError:
        return None


def _field(pid: int, file: str, name: str) -> float | None:
    for line in (PROC / str(pid) / file).read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return None
