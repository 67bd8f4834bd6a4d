"""`masthead demo`: one command, one line of JSON, everything answers, and it goes on from its folder."""

import json
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.commands.running import free_port, masthead, publication, start, status_at, wait_for
from tests.importers.ghost.exports import paper
from tests.importers.ghost.members.bringing import as_csv, row

PEOPLE = {"anyone", "free", "paid", "gold", "lapsed", "editor", "owner"}
REPORT = "/minister-promises-crew-home-by-friday/"


@contextmanager
def demo(folder: Path, port: int, *more: str | Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run a demo, and stop it as Ctrl-C does."""
    running = start("demo", "--port", str(port), "--dir", folder, "--json", *more)
    assert running.stdout
    try:
        yield running, json.loads(running.stdout.readline())
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)


def page_as(address: str | None, path: str, site: str) -> str:
    """Return a page as the person whom this address signs in gets it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    if address:
        browser.open(address).read()
    text: str = browser.open(site.rstrip("/") + path).read().decode()
    return text


def assert_nothing_is_stolen(site: str) -> None:
    """Press "Try to steal it" on every post that shows the wall."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    paths = [
        urlsplit(found)[2] for found in re.findall(r"<loc>(.*?)</loc>", page_as(None, "/sitemaps/posts-1.xml", site))
    ]
    tried = 0
    for path in paths:
        page = browser.open(site.rstrip("/") + path).read().decode()
        if 'class="wall"' not in page:
            continue
        place = re.search(r'href="(/demo/steal/[^"]+)"', page)
        assert place, path
        asking = browser.open(site.rstrip("/") + place[1]).read().decode()
        found = re.search(r'action="(/demo/steal/[^"]+)".*?name="csrfmiddlewaretoken" value="([^"]+)"', asking)
        assert found, path
        action, token = found.groups()
        data = urlencode({"csrfmiddlewaretoken": token}).encode()
        verdict = browser.open(site.rstrip("/") + action, data).read().decode()
        assert re.search(r"anyone: 0 gated words through \d+ doors", verdict), path
        tried += 1
    assert tried >= 15


def test_the_demo_says_where_it_answers_signs_each_person_in_and_goes_on_from_its_folder(tmp_path: Path) -> None:
    folder, port = tmp_path / "paper", free_port()
    with demo(folder, port) as (running, told):
        assert set(told) == {"site", "desk", "outbox", "personas"} and set(told["personas"]) == PEOPLE
        people, site = told["personas"], told["site"]
        assert people["anyone"] is None
        shown = {name: page_as(address, REPORT, site) for name, address in people.items()}
        walled = {name for name, page in shown.items() if "This post is for paying subscribers only" in page}
        assert walled == {"anyone", "free", "lapsed"}
        assert "New post" in page_as(people["editor"], "/desk/", site)
        assert len(page_as(None, "/sitemaps/posts-1.xml", site).split("<loc>")) > 31
        assert_nothing_is_stolen(site)
    assert running.returncode == 0
    wait_for(lambda: status_at(port) is None)
    with demo(folder, port) as (_, again):
        assert again["personas"] == people
        assert page_as(people["paid"], REPORT, site).count("This post is for") == 0


def test_the_demo_shows_a_paper_of_ones_own_from_ghost(tmp_path: Path) -> None:
    export = tmp_path / "paper.ghost.json"
    export.write_bytes(paper().content())
    people = tmp_path / "members.csv"
    people.write_text(as_csv([row(1, complimentary_plan="true", tiers="Gold")]))
    with demo(tmp_path / "demo", free_port(), "--ghost", export, "--ghost-members", people) as (_, told):
        persons = told["personas"]
        assert "The Old Paper" in page_as(None, "/", told["site"])
        for name, path, words in (
            ("anyone", "/for-paid/", False), ("free", "/for-members/", True), ("paid", "/for-paid/", True),
            ("lapsed", "/for-paid/", False), ("owner", "/for-tiers/", True),
        ):  # fmt: skip
            page = page_as(persons[name], path, told["site"])
            assert "Opening of" in page and (f"Sealed of {path[5:-1]}" in page) == words, (name, path)
        assert "Gold" in page_as(persons["free"], "/subscribe/", told["site"])


@pytest.mark.parametrize("flags", [("--ghost", "nowhere.json"), ("--ghost-members", ".")])
def test_a_demo_of_what_is_not_there_is_one_line(tmp_path: Path, flags: tuple[str, ...]) -> None:
    ran = masthead("demo", "--dir", tmp_path / "demo", *flags)
    assert ran.returncode == 2 and len(ran.stderr.splitlines()) == 1 and not (tmp_path / "demo").exists()


def test_a_demo_never_overwrites_a_publication(tmp_path: Path) -> None:
    folder = publication(tmp_path / "paper", 'mode = "live"', 'address = "https://paper.example"')
    ended = masthead("demo", "--port", str(free_port()), "--dir", folder)
    assert ended.returncode == 2 and "no demo" in ended.stderr and ended.stderr.count("\n") == 1
    assert 'mode = "live"' in (folder / "masthead.toml").read_text()


def test_a_demo_does_not_become_a_publication_that_lasts(tmp_path: Path) -> None:
    folder = publication(tmp_path / "paper", 'mode = "demo"')
    ended = masthead("new", folder, "--name=Paper", "--address=https://paper.example", "--owner=o@paper.example")
    assert ended.returncode == 2 and "demo" in ended.stderr


def test_a_port_in_use_is_one_line_with_another_port_to_try(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = masthead("demo", "--port", str(port), "--dir", tmp_path / "paper")
    assert ended.returncode == 2 and f"--port {port + 1}" in ended.stderr
