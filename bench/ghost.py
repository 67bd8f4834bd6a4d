"""Importing an export of Ghost with its members, beside reading the same files alone."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.ghost_writing import write_export, write_members
from bench.ground import Ground
from bench.processes import PROC
from bench.running import Failed, python, running
from bench.table import number, show, times

MEMBERS_A_POST = 10
PROGRESS = re.compile(r"\[(\S+) (\d+)/(\d+)\]")
PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


@dataclass
class Timed:
    """One import: its seconds, those of each stage in order, how many rows that had, and the most memory it took."""

    seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    megabytes: float = 0.0


def measure(ground: Ground) -> None:
    """Print rate, memory and the share of each stage, for an import into a new publication and for the same once more."""
    members = ground.posts * MEMBERS_A_POST
    export = write_export(ground.root / "ghost.json", ground.posts)
    people = write_members(ground.root / "members.csv", members)
    publication = ground.publication("ghost")
    words = ["import", "ghost", str(export), str(people), "--dir", str(publication.folder)]
    anew, again = _timed(words), _timed(words)
    begun = time.perf_counter()
    python("-m", "bench.inside.reading_ghost", export, people)
    bare = time.perf_counter() - begun
    rows = [
        _row("import into a new publication", anew, bare),
        _row("the same import again, nothing changed", again, bare),
    ]
    rows.append(["beside it: read by json and csv alone", number(bare), "1.00 x", "", "", ""])
    size = export.stat().st_size / 1e6
    show(
        f"Importing {ground.posts:,} posts ({size:,.0f} MB) and {members:,} members from Ghost",
        ["", "seconds", "time ratio", "posts/s", "members/s", "peak MB"],
        rows,
        notes=["posts/s and members/s are of their own stages; each import is a whole process"],
    )
    _show_stages(anew)


def _row(name: str, timed: Timed, bare: float) -> list[str]:
    rates = [
        number(timed.rows.get(stage, 0) / timed.stages[stage]) if timed.stages.get(stage) else ""
        for stage in ("posts", "members")
    ]
    return [name, number(timed.seconds), times(timed.seconds, bare), *rates, number(timed.megabytes)]


def _show_stages(timed: Timed) -> None:
    known = sum(timed.stages.values())
    stages = {**timed.stages, "start, staging and end": timed.seconds - known}
    rows = [
        [name, number(seconds), f"{100 * seconds / timed.seconds:.0f} %"]
        for name, seconds in sorted(stages.items(), key=lambda pair: -pair[1])
    ]
    show("Where the time of the first import goes", ["stage", "seconds", "share"], rows)


def _timed(words: Sequence[str]) -> Timed:
    """Run an import and follow what it says of its progress."""
    timed, begun = Timed(), time.perf_counter()
    with running([sys.executable, "-u", "-m", "masthead", *words], printing=True) as process:
        before, now = "", begun
        for line in process.stdout or ():
            then, now = now, time.perf_counter()
            if found := PROGRESS.match(line):
                # What lies before a stage's first line belongs to it, but for the first of all, which waits for the staging.
                if before:
                    timed.stages[found[1]] = timed.stages.get(found[1], 0.0) + now - then
                timed.rows[found[1]], before = int(found[3]), found[1]
            timed.megabytes = _peak(process) or timed.megabytes
        if process.wait():
            raise Failed(f"the import ended with {process.returncode}")
    timed.seconds = time.perf_counter() - begun
    return timed


def _peak(process: "subprocess.Popen[str]") -> float:
    try:
        found = PEAK.search(Path(PROC, str(process.pid), "status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
