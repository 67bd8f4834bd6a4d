"""Memory of `masthead demo`: each process, at rest and after requests."""

import json
import re
import sys
import time
from collections.abc import Sequence

from bench.ground import Ground
from bench.load import visit
from bench.processes import PROC, Process, tree_of
from bench.running import Failed, fetch, free_port, running
from bench.table import number, show, times

REQUESTS = 2000
AT_ONCE = 4
REST = 5  # seconds until it has settled
BARE = "from django.conf import settings; settings.configure(); import django, time; django.setup(); time.sleep(600)"


def measure(ground: Ground) -> None:
    """Print the memory of each process of the demo, beside a Python that has loaded bare Django."""
    if not PROC.is_dir():
        print("\nMemory: this machine has no /proc to read it from.\n")
        return
    words = [sys.executable, "-m", "masthead", "demo", "--json", "--dir", str(ground.root / "memory")]
    with (
        running([sys.executable, "-c", BARE]) as bare,
        running([*words, "--port", str(free_port())], printing=True) as demo,
    ):
        line = demo.stdout.readline() if demo.stdout else ""
        if not line:
            raise Failed("the demo did not start")
        site = json.loads(line)["site"]
        time.sleep(REST)
        before = tree_of(demo.pid)
        visit(_addresses(site), REQUESTS, at_once=AT_ONCE)
        _show(before, tree_of(demo.pid), tree_of(bare.pid)[0])


def _addresses(site: str) -> list[str]:
    """Front page, search, feed, and everything that the front page leads to on this site."""
    links = dict.fromkeys(re.findall(r'href="/([a-z0-9/-]*)"', fetch(site).decode()))
    kept = [link for link in links if not link.startswith(("desk", "demo", "outbox", "static", "media"))]
    return [site + path for path in ["", "search/?q=strait", "rss/", "sitemap.xml", *kept]]


def _show(before: Sequence[Process], after: Sequence[Process], bare: Process) -> None:
    later = {process.pid: process for process in after}
    rows = []
    for process in before:
        now = later.get(process.pid)
        grown = now.memory if now else 0.0
        rows.append([process.name, number(process.memory), number(grown), times(grown, bare.memory)])
    first, last = (sum(process.memory for process in tree) for tree in (before, after))
    rows.append(["together", number(first), number(last), times(last, bare.memory)])
    rows.append(["beside it: Python with bare Django", number(bare.memory), number(bare.memory), "1.00 x"])
    kind = "RSS: pages shared by processes count in each" if bare.pss is None else "PSS: shared pages are divided"
    head = ["MB", f"{REST} s after start", f"after {REQUESTS:,} requests", "ratio"]
    show("Memory of the process tree", head, rows, notes=[kind])
