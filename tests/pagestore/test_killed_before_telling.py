"""A process that is killed between its commit and the counter hides nothing: every worker looks at the log once a second."""

import json
import subprocess
from pathlib import Path

from tests.commands.running import wait_for
from tests.pagestore.live import Live, ask, heard, live, start_acting

WORKERS = 2
PATIENCE = 10  # seconds; it takes about one


def test_what_a_killed_process_committed_is_seen_though_nobody_was_told(tmp_path: Path) -> None:
    with live(tmp_path / "paper", workers=WORKERS, beside=("tests.pagestore.blind",)) as site:
        site.act("make_cast")
        post = site.act("publish", title="Harbour", text="It is deep.")
        with site.connections() as connections:
            workers = [site.worker_of(connection) for connection in connections]
            blind = connections[workers.index(site.workers[WORKERS].pid)]
            for connection in connections * 2:
                answer = ask(connection, post["path"])
            assert answer.is_from_store and answer.status == 200
            counter = (site.folder / "data" / "pages" / "counter").read_bytes()
            take_down_and_be_killed(site, post["pk"])
            seeing = [connection for connection in connections if connection is not blind]
            wait_for(
                lambda: [ask(connection, post["path"]).status for connection in seeing] == [404] * WORKERS, PATIENCE
            )
            # By the log and not by luck: the counter is as it was, and a worker that looks at nothing else still shows it.
            assert (site.folder / "data" / "pages" / "counter").read_bytes() == counter != b""
            shown = ask(blind, post["path"])
            assert shown.status == 200 and shown.is_from_store


def take_down_and_be_killed(site: Live, pk: int) -> None:
    """Unpublish a post in a process that is killed between its commit and the counter."""
    with (site.folder.parent / "killed.log").open("wb") as log:
        acting = start_acting(site.folder, log)
        assert acting.stdin is not None and heard(acting)["answer"] == "ready"
        for told in ({"act": "die_before_telling"}, {"act": "take_down", "pk": pk}):
            acting.stdin.write(json.dumps(told) + "\n")
        acting.stdin.flush()
        assert heard(acting) == {"answer": None}
        assert acting.wait(PATIENCE) == -9 and acting.stdout is not None and acting.stdout.read() == ""
        subprocess.Popen.__exit__(acting, None, None, None)
