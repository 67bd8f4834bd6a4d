"""Requests per second of a post page, from the page store and through Django, beside the same bytes as a static file."""

import json
import sys
import urllib.request
from dataclasses import dataclass, field
from statistics import median

from bench import static
from bench.ground import Ground, Publication
from bench.load import AT_ONCE, SECONDS, Load, has_wrk, load
from bench.running import Failed, fetch, masthead, python, running, wait_for
from bench.table import number, show, times
from bench.writing import slug, write_posts

ROUNDS = 5
POSTS = 30
OPEN, GATED = 12, 13  # places of a public and of a paid post, both without a picture


@dataclass
class Case:
    """One page as one person gets it, the rounds of it, and those of the same bytes from the static server."""

    name: str
    path: str
    headers: dict[str, str]
    file: str = ""
    ours: list[Load] = field(default_factory=list)
    static: list[Load] = field(default_factory=list)


def measure(ground: Ground) -> None:
    """Print requests per second as anyone and as a paying member, round about with a static server of one process, too."""
    publication = ground.publication("serving", workers=1)
    posts = write_posts(ground.root / "few-posts", POSTS)
    masthead("import", "markdown", posts, "--dir", publication.folder, "--quiet")
    cookie = json.loads(python("-m", "bench.inside.member", publication=publication.folder))
    with running([sys.executable, "-m", "masthead", "web", "--dir", str(publication.folder)]) as web:
        wait_for(publication.address, web)
        cases = _cases(_browser_of(publication.address, f"{cookie['name']}={cookie['value']}"))
        _keep_bytes(ground, publication, cases)
        with static.serve(ground.root / "static") as beside:
            for _ in range(ROUNDS):
                _round(publication, beside, cases)
    _show(cases)


def _cases(member: dict[str, str]) -> list[Case]:
    return [
        Case("anyone, public post", f"/{slug(OPEN)}/", {}),
        Case("anyone, gated post", f"/{slug(GATED)}/", {}),
        Case("paying member, gated post", f"/{slug(GATED)}/", member),
        Case("anyone, through Django", f"/{slug(OPEN)}/?asked=1", {}),
    ]


def _browser_of(address: str, session: str) -> dict[str, str]:
    """Return the cookies of a member's browser: the session, and the reader cookie that the site sets beside it."""
    request = urllib.request.Request(f"{address}/{slug(GATED)}/", headers={"Cookie": session})
    with urllib.request.urlopen(request, timeout=30) as answer:
        told = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
    if not any(pair.startswith("reader=") for pair in told):
        raise Failed("the member got no reader cookie")
    return {"Cookie": "; ".join([session, *(pair for pair in told if not pair.startswith("session="))])}


def _keep_bytes(ground: Ground, publication: Publication, cases: list[Case]) -> None:
    """Write each page as a file for the static server; the member's must be the longer one."""
    folder = ground.root / "static" / "files"
    folder.mkdir(parents=True)
    sizes = []
    for place, case in enumerate(cases):
        page = fetch(publication.address + case.path, case.headers)
        case.file = f"/{place}.html"
        (folder / f"{place}.html").write_bytes(page)
        sizes.append(len(page))
    if sizes[2] < sizes[1] + 1000:
        raise Failed("the member got no more of the gated post than anyone")


def _round(publication: Publication, beside: str, cases: list[Case]) -> None:
    for case in cases:
        case.ours.append(load(publication.address + case.path, case.headers))
        case.static.append(load(beside + case.file, {}))


def _show(cases: list[Case]) -> None:
    rows = []
    for case in cases:
        ours, beside = _median(case.ours), _median(case.static)
        rows.append([case.name, *_cells(ours), number(beside.rate), times(beside.rate, ours.rate)])
    by = "wrk" if has_wrk() else "threads of Python (wrk is not installed)"
    notes = [
        f"static file: the same bytes, uncompressed, from {static.name()}; one process each",
        f"median of {ROUNDS} alternating rounds of {SECONDS} s, {AT_ONCE} connections, by {by}",
    ]
    head = ["a post page", "requests/s", "p50 ms", "p99 ms", "static file/s", "static is"]
    show("Requests per second", head, rows, notes=notes)


def _median(rounds: list[Load]) -> Load:
    return Load(*(median(getattr(one, name) for one in rounds) for name in ("rate", "p50", "p99")))


def _cells(one: Load) -> list[str]:
    return [number(one.rate), number(one.p50), number(one.p99)]
