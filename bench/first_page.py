"""Time to the first page: from the command to an answer, from nothing and from a kept folder."""

import json
import sys
import time
from pathlib import Path
from statistics import median

from bench.ground import Ground
from bench.running import Failed, fetch, free_port, python, running
from bench.table import number, show, times

ROUNDS = 3
BARE = "import django; django.setup()"


def measure(ground: Ground) -> None:
    """Print how long `masthead demo` takes to show its front page, beside bare Django that starts and ends."""
    took: dict[str, list[float]] = {"bare": [], "anew": [], "again": []}
    for place in range(ROUNDS):
        folder = ground.root / f"first-page-{place}"
        took["bare"].append(_bare())
        took["anew"].append(_first_page(folder))
        took["again"].append(_first_page(folder))
    bare = median(took["bare"])
    rows = [
        _row("demo, from nothing", took["anew"], bare),
        _row("demo, the second time with the same --dir", took["again"], bare),
        _row(f"beside it: python -c '{BARE}'", took["bare"], bare),
    ]
    show("Time to the first page", ["", "seconds", "ratio"], rows, notes=[f"median of {ROUNDS}"])


def _row(name: str, took: list[float], bare: float) -> list[str]:
    return [name, number(median(took)), times(median(took), bare)]


def _bare() -> float:
    begun = time.perf_counter()
    python("-c", f"from django.conf import settings; settings.configure(); {BARE}")
    return time.perf_counter() - begun


def _first_page(folder: Path) -> float:
    words = [sys.executable, "-m", "masthead", "demo", "--json", "--port", str(free_port()), "--dir", str(folder)]
    begun = time.perf_counter()
    with running(words, printing=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise Failed("the demo did not start")
        fetch(json.loads(line)["site"])
        return time.perf_counter() - begun
