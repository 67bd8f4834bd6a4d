"""Latency of the main pages, with the queries that each makes."""

import json

from bench.ground import Ground
from bench.running import python
from bench.table import number, show, times


def measure(ground: Ground) -> None:
    """Print milliseconds and queries of each main page, one request at a time, beside an empty Django view."""
    folder = ground.imported.publication.folder
    told = json.loads(python("-m", "bench.inside.visiting", publication=folder).splitlines()[-1])
    bare = told["bare"]
    rows = [
        [name, number(page["milliseconds"]), str(page["queries"]), times(page["milliseconds"], bare)]
        for name, page in told["pages"].items()
    ]
    rows.append(["beside it: an empty view without middleware", number(bare), "0", "1.00 x"])
    notes = [f"Django's test client, median of {told['rounds']} alternating rounds, {ground.posts:,} posts"]
    show("Main pages, one request at a time", ["", "ms", "queries", "ratio"], rows, notes=notes)
