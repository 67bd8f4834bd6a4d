"""Kills the process at one point after another of a publishing, and prints what each door shows after it.

Run as `python -m tests.content.killing [torn] [all]` with MASTHEAD_TEST_DIR naming an empty folder. One JSON line for each point.
"""

import json
import os
import signal
import sys
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import django

DOORS = {"page": "/ship/", "feed": "/rss/", "front": "/", "search": "/search/?q={word}"}


def prepare() -> tuple[Any, Any]:
    """Make the tables and a post whose old edition is out, and return (post, revision of the new one)."""
    from django.core.management import call_command
    from django.utils import timezone

    from masthead.content.editing import freeze, start_post
    from masthead.content.publishing import publish
    from tests.content.writing import rewrite

    call_command("migrate", verbosity=0)
    at = timezone.now()
    fields = {
        "title": "Oldtitle",
        "standfirst": "Oldstand",
        "slug": "ship",
        "visibility": "public",
        "document": text("Old"),
    }
    post = start_post(by=None, at=at, **fields).post
    publish(freeze(post, by=None, at=at), by=None, at=at)
    rewrite(post, title="Newtitle", standfirst="Newstand", document=text("New"))
    return post, freeze(post, by=None, at=at)


def text(name: str) -> Any:
    from masthead.content.document import from_markdown

    return from_markdown(f"{name}opening.\n\n<!--more-->\n\n{name}body.").document.json


def die_at(point: int, revision: Any) -> None:
    """Publish in this process, which is killed before statement number `point`, or before or after the commit."""
    from django.db import connection
    from django.utils import timezone

    from masthead.content.publishing import publish

    count, commit = 0, connection._commit  # type: ignore[attr-defined]

    def step() -> None:
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        step()
        return execute(sql, params, many, context)

    def committed() -> None:
        step()
        commit()
        step()

    connection._commit = committed  # type: ignore[attr-defined]
    with connection.execute_wrapper(counted):
        publish(revision, by=None, at=timezone.now())


def editions() -> dict[str, list[str]]:
    """Name the editions of which anything stands at each door."""
    from django.test import Client

    from masthead.ops.worker import work_off

    work_off(without=["pictures"])
    client = Client()
    shown: dict[str, str] = {
        door: client.get(path).content.decode() for door, path in DOORS.items() if "{word}" not in path
    }
    shown["search"] = "".join(
        word for word in ("Oldbody", "Newbody") if "1 post<" in client.get(f"/search/?q={word}").content.decode()
    )
    parts = ("title", "stand", "opening", "body")
    return {door: [n for n in ("Old", "New") if any(f"{n}{p}" in page for p in parts)] for door, page in shown.items()}


def main(torn: bool, step: int) -> None:
    """Fork, kill, look; go on until the publishing survives its killer, or leaves halves where it should."""
    django.setup()
    from django.db import connection

    from masthead.content import publishing

    _, revision = prepare()
    for point in range(1, 400, step):
        connection.close()
        child = os.fork()
        if child == 0:
            if torn:  # the seeded fault: no transaction
                vars(publishing)["transaction"] = SimpleNamespace(atomic=nullcontext)
            try:
                die_at(point, revision)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        doors = editions()
        print(json.dumps({"point": point, "killed": killed, "doors": doors}), flush=True)
        if not killed or (torn and len({*map(str, doors.values())}) > 1):
            return


if __name__ == "__main__":
    main("torn" in sys.argv[1:], 1 if "all" in sys.argv[1:] else 3)
