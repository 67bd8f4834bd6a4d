"""Visit the main pages through Django's test client, and print medians and queries as one line of JSON."""

import json
import time
from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING

import django

from bench.writing import TAGS, slug

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 30
OPEN, GATED = 12, 13  # places of a public and of a paid post
WORD = "bace"  # a beginning that stands in many posts
Visit = tuple["Client", str]


def main() -> None:
    """Index what was imported, then visit."""
    django.setup()
    from masthead.ops.worker import work_off

    work_off(without=["pictures"])
    visits = _visits()
    for client, path in visits.values():
        assert client.get(path).status_code == 200, path
    took: dict[str, list[float]] = {name: [] for name in visits}
    bare: list[float] = []
    for _ in range(ROUNDS):
        bare.append(_bare())
        for name, visit in visits.items():
            took[name].append(_milliseconds(*visit))
    pages = {name: {"milliseconds": median(took[name]), "queries": count} for name, count in _queries(visits).items()}
    print(json.dumps({"rounds": ROUNDS, "bare": median(bare), "pages": pages}))


def _visits() -> dict[str, Visit]:
    from django.test import Client

    from bench.inside.people import paying_member

    anyone, member = (Client(headers={"host": "127.0.0.1"}) for _ in range(2))
    member.force_login(paying_member())
    return {
        "front": (anyone, "/"),
        "tag": (anyone, f"/tag/{TAGS[0].lower()}/"),
        "search, anyone": (anyone, f"/search/?q={WORD}"),
        "search, paying member": (member, f"/search/?q={WORD}"),
        "feed": (anyone, "/rss/"),
        "archive": (anyone, "/archive/"),
        "public post": (anyone, f"/{slug(OPEN)}/"),
        "gated post, anyone": (anyone, f"/{slug(GATED)}/"),
        "gated post, paying member": (member, f"/{slug(GATED)}/"),
    }


def _milliseconds(client: "Client", path: str) -> float:
    begun = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - begun) * 1000


def _bare() -> float:
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF="bench.inside.bare", MIDDLEWARE=[]):
        client = Client(headers={"host": "127.0.0.1"})
        client.get("/")  # the first one loads the middleware
        return _milliseconds(client, "/")


def _queries(visits: Mapping[str, Visit]) -> dict[str, int]:
    """Count the queries of each page, apart from the timed rounds, which counting would slow."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for name, (client, path) in visits.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts[name] = len(captured)
    return counts


if __name__ == "__main__":
    main()
