"""`masthead serve` under load: processes are killed, replaced and stopped, and readers notice nothing (check 118)."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.commands.load import Load, Reader
from tests.commands.running import free_port, masthead, publication, status_at, wait_for
from tests.commands.slowly import BEFORE, BETWEEN, WHOLE
from tests.commands.trees import PATIENCE, Served, processes, served
from tests.pagestore.live import ask

KEPT, READERS = 2, 4  # readers with a connection that stays, and all


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("tree") / "paper") as tree:
        yield tree


def has_read(load: Load, count: int) -> None:
    """Wait until readers got so many more answers."""
    before = load.asked - len(load.failed)
    wait_for(lambda: load.asked - len(load.failed) >= before + count, PATIENCE)


def test_web_workers_share_the_port_and_the_parent_is_small(tree: Served) -> None:
    with tree.live().connections() as connections:
        assert len(connections) == 2
    pages = int(Path(f"/proc/{tree.process.pid}/statm").read_text().split()[1])
    assert pages * os.sysconf("SC_PAGESIZE") < 40_000_000, "no framework is loaded there"


def test_a_second_tree_is_refused_in_one_line(tree: Served) -> None:
    for command in ("serve", "web"):
        ended = masthead(command, "--dir", tree.folder)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
        assert f"is served already, by process {tree.process.pid}" in ended.stderr
    other = publication(tree.folder.parent / "other", 'mode = "dev"', "[server]", f"port = {tree.port}")
    ended = masthead("web", "--dir", other)
    assert ended.returncode == 2 and f"port {tree.port} of 127.0.0.1 is in use" in ended.stderr


def test_a_killed_web_worker_costs_what_it_was_answering_and_no_page_is_wrong(tree: Served) -> None:
    with tree.loaded() as load:
        for worker in tree.parts("web"):
            has_read(load, 50)
            os.kill(worker, signal.SIGKILL)
            has_read(load, 50)
            wait_for(lambda gone=worker: tree.is_up() and gone not in tree.parts("web"), PATIENCE)  # type: ignore[misc]
    assert load.wrong == []
    # Every connection that stays was on one of the two, so that the load is seen to notice what fails.
    assert KEPT <= len(load.failed) <= 2 * READERS, load.failed


def test_a_killed_task_worker_is_started_again_and_readers_notice_nothing(tree: Served) -> None:
    with tree.loaded() as load:
        (worker,) = tree.parts("worker")
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: tree.parts("worker") not in ([], [worker]), PATIENCE)
        has_read(load, 50)
    assert (load.failed, load.wrong) == ([], [])


def test_a_rolling_restart_under_load_fails_no_request(tree: Served) -> None:
    old = tree.parts("web") + tree.parts("worker")
    (tree.folder / "theme").mkdir()
    with tree.loaded() as load:
        has_read(load, 50)
        (tree.folder / "theme" / "new.txt").write_text("The new processes have another theme, and pages of their own.")
        tree.process.send_signal(signal.SIGHUP)
        wait_for(lambda: tree.is_up() and not {*old} & {*tree.parts("web"), *tree.parts("worker")}, PATIENCE)
        has_read(load, 50)
    assert (load.failed, load.wrong) == ([], [])
    assert load.asked > 200 and load.known > 5


def test_processes_that_do_not_start_leave_the_old_ones_running(tree: Served) -> None:
    old = sorted(tree.parts("web") + tree.parts("worker"))
    (tree.folder / "broken").touch()
    try:
        tree.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "the new web did not start" in tree.said(), PATIENCE)
    finally:
        (tree.folder / "broken").unlink()
    settings = (tree.folder / "masthead.toml").read_text()
    (tree.folder / "masthead.toml").write_text("mode = \n")
    try:
        tree.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "masthead.toml cannot be read" in tree.said(), PATIENCE)
    finally:
        (tree.folder / "masthead.toml").write_text(settings)
    assert sorted(tree.parts("web") + tree.parts("worker")) == old and tree.is_up()


def test_workers_outlive_a_killed_parent_and_the_next_one_takes_the_port_at_once(tree: Served) -> None:
    orphans = {*tree.parts("web"), *tree.parts("worker")}
    with tree.loaded() as load:
        has_read(load, 50)
        tree.process.kill()
        tree.process.wait()
        has_read(load, 50)
        tree.start()
        wait_for(tree.is_up, PATIENCE)
        left_early = orphans - {pid for pid, _, _ in processes()}  # where starting anew takes ten seconds
        wait_for(lambda: not {pid for pid, _, _ in processes()} & orphans, PATIENCE)
        has_read(load, 50)
    assert load.wrong == []
    # What waited to be accepted when the last of them left is lost.
    assert left_early or len(load.failed) <= READERS, load.failed


def test_a_stop_finishes_what_runs_and_closes_what_rests(tree: Served) -> None:
    upload = socket.create_connection(("127.0.0.1", tree.port), timeout=30)
    upload.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf.")
    resting = [HTTPConnection("127.0.0.1", tree.port, timeout=30) for _ in range(3)]
    assert [ask(connection, "/").status for connection in resting] == [200] * 3
    answers: dict[str, object] = {}
    slow = [threading.Thread(target=_ask, args=(tree.port, path, answers)) for path in (BEFORE, BETWEEN)]
    for thread in slow:
        thread.start()
    wait_for(lambda: set(answers) == {BEFORE, BETWEEN})
    tree.process.terminate()
    assert resting[0].sock.recv(1) == b""  # they stop
    upload.sendall(b"other")
    answer = upload.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 4") and answer.lower().count(b"connection: close") == 1
    for thread in slow:
        thread.join(PATIENCE)
    assert answers == {BEFORE: WHOLE, BETWEEN: WHOLE}
    assert tree.process.wait(PATIENCE) == 0
    assert status_at(tree.port) is None
    assert not [pid for pid, _, words in processes() if str(tree.folder) in words]


def _ask(port: int, path: str, answers: dict[str, object]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answers[path] = "asked"
    try:
        answers[path] = connection.getresponse().read()
    except OSError as error:
        answers[path] = error


def test_the_load_sees_a_stale_page_and_one_that_is_another_readers() -> None:
    load = Load(free_port(), "/paid/")
    free, paid = Reader(pays=False), Reader(pays=True)
    sealed = "This is quicksilver."
    assert load.fault_of("/paid/", paid, 0, 200, sealed) == load.fault_of("/paid/", free, 0, 200, "") == ""
    assert load.fault_of("/paid/", free, 0, 200, sealed) and load.fault_of("/paid/", paid, 0, 200, "")
    assert load.fault_of("/", free, 7, 200, "Number 6") and not load.fault_of("/", free, 7, 200, "Number 6 Number 7")
    assert load.fault_of("/", free, 0, 503, "Number 0")
