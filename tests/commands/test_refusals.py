"""What a site is refused to start with, through the real command."""

import socket
from pathlib import Path
from typing import Any

import pytest

from masthead.checks import refusals
from tests.commands.running import SECRET, masthead, publication

GOOD = ('mode = "live"', 'address = "https://paper.example"', 'server.proxies = ["127.0.0.1"]')


class Chosen:
    """Settings of a good live site."""

    MODE = "live"
    ADDRESS = "https://paper.example"
    DEBUG = False
    SECRET_KEY = SECRET
    BILLING_PROVIDER = ""
    PURGE_PROVIDER = ""
    PURGE_ADDRESS = ""
    PURGE_SECONDS = 3600
    PURGE_TOKEN = ""

    def __init__(self, *, CONFIG: dict[str, object] | None = None, **changes: object) -> None:
        self.CONFIG: dict[str, object] = {
            "mail.security": "starttls",
            "server.proxies": ["127.0.0.1"],
            "server.host": "127.0.0.1",
        }
        self.CONFIG |= {"fetch_allow": ["127.0.0.1:2368"]} | (CONFIG or {})
        vars(self).update(changes)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"BILLING_PROVIDER": "demo"}, "billing.provider"),
        ({"DEBUG": True}, "DEBUG"),
        ({"SECRET_KEY": "not-a-secret"}, "MASTHEAD_SECRET_KEY"),
        ({"SECRET_KEY": "x" * 60}, "MASTHEAD_SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + SECRET}, "MASTHEAD_SECRET_KEY"),
        ({"CONFIG": {"mail.security": "startls", "server.proxies": ["127.0.0.1"]}}, "mail.security"),
        ({"CONFIG": {"mail.security": "tls", "server.proxies": []}}, "server.proxies"),
        ({"MODE": "demo", "CONFIG": {"mail.security": "none", "server.host": "192.0.2.1"}}, "server.host"),
        ({"CONFIG": {"fetch_allow": ["127.0.0.1"]}}, "fetch_allow"),
        ({"PURGE_PROVIDER": "fastly"}, "purge.provider"),
        ({"PURGE_PROVIDER": "http"}, "purge.address"),
        ({"PURGE_PROVIDER": "json", "PURGE_ADDRESS": "cdn.example/purge"}, "purge.address"),
        ({"PURGE_SECONDS": -1}, "purge.seconds"),
        (
            {"PURGE_PROVIDER": "json", "PURGE_ADDRESS": "http://cdn.example/purge", "PURGE_TOKEN": "secret"},
            "MASTHEAD_PURGE_TOKEN",
        ),
        ({"MODE": "production"}, "mode"),
        ({"ADDRESS": "paper.example"}, "address"),
        ({"ADDRESS": "https://paper.example/news"}, "address"),
    ],
)
def test_each_reason_is_one_line_that_names_it(changes: dict[str, Any], named: str) -> None:
    assert refusals(Chosen()) == []
    (line,) = refusals(Chosen(**changes))
    assert named in line and "\n" not in line


def test_a_token_goes_over_plain_http_only_to_a_machine_of_ones_own() -> None:
    told: dict[str, Any] = {"PURGE_PROVIDER": "http", "PURGE_TOKEN": "secret"}
    assert refusals(Chosen(**told, PURGE_ADDRESS="http://127.0.0.1:2368/")) == []
    assert refusals(Chosen(**told, PURGE_ADDRESS="http://127.0.0.1:2369/")) != []


def test_a_site_that_is_not_live_may_use_the_stand_ins() -> None:
    assert refusals(Chosen(MODE="demo", BILLING_PROVIDER="demo", SECRET_KEY="short")) == []


@pytest.mark.parametrize("command", ["serve", "web", "worker", "migrate"])
def test_a_live_site_with_the_demo_provider_does_not_start(tmp_path: Path, command: str) -> None:
    folder = publication(tmp_path / "paper", *GOOD, "[billing]", 'provider = "demo"')
    ended = masthead(command, "--dir", folder)
    assert ended.returncode == 2
    assert "billing.provider" in ended.stderr and ended.stderr.count("\n") == 1
    assert not (folder / "data").exists()


def test_a_live_site_with_a_guessable_secret_does_not_start(tmp_path: Path) -> None:
    ended = masthead("migrate", "--dir", publication(tmp_path / "paper", *GOOD, secret="short"))
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "MASTHEAD_SECRET_KEY" in ended.stderr and "short" not in ended.stderr.partition("shorter")[0]


def test_a_live_site_with_debug_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "own_settings.py").write_text("from masthead.settings import *\nDEBUG = True\n")
    folder = publication(tmp_path / "paper", *GOOD)
    ended = masthead(
        "migrate", "--dir", folder, DJANGO_SETTINGS_MODULE="own_settings", PYTHONPATH=f"{Path.cwd()}:{tmp_path}"
    )
    assert ended.returncode == 2 and ended.stderr.startswith("masthead: DEBUG is on")


@pytest.mark.parametrize(
    ("line", "named"),
    [("mode = ", "masthead.toml"), ('colour = "red"', "colour"), ('[server]\nport = "http"', "server.port")],
)
def test_settings_that_cannot_be_used_are_one_clear_line(tmp_path: Path, line: str, named: str) -> None:
    ended = masthead("migrate", "--dir", publication(tmp_path / "paper", line))
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert named in ended.stderr and "Traceback" not in ended.stderr


def test_a_missing_folder_and_one_without_a_publication_are_one_clear_line(tmp_path: Path) -> None:
    for folder, said in ((tmp_path / "nowhere", "There is no folder"), (tmp_path, "holds no publication")):
        ended = masthead("serve", "--dir", folder)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
        assert said in ended.stderr


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        folder = publication(tmp_path / "paper", 'mode = "dev"', "[server]", f"port = {port}")
        ended = masthead("web", "--dir", folder)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert f"port {port} of 127.0.0.1 is in use" in ended.stderr
