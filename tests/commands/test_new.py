"""`masthead new`: a publication that lasts, with one mail over a real relay."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.commands.running import free_port, masthead


class Relay:
    """A relay that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def relay() -> Iterator[tuple[Relay, int]]:
    kept = Relay()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield kept, controller.port
    controller.stop()


def answers(port: int, **changes: str) -> list[str]:
    given = {
        "name": "The Paper",
        "address": "https://paper.example/",
        "owner": "Owner@Paper.example",
        "smtp-host": "127.0.0.1",
        "smtp-port": str(port),
        "smtp-security": "none",
    } | changes
    return [f"--{name}={value}" for name, value in given.items()]


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "data" / "masthead.sqlite3") as database:
        return database.execute(query).fetchall()


def test_a_publication_is_made_with_its_owner_and_one_mail(tmp_path: Path, relay: tuple[Relay, int]) -> None:
    kept, port = relay
    folder = tmp_path / "paper"
    ended = masthead("new", folder, *answers(port))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"masthead serve --dir {folder}" in ended.stdout and "https://paper.example/" in ended.stdout
    assert [to for to, _ in kept.mails] == [["owner@paper.example"]]
    assert "From: news@paper.example" in kept.mails[0][1]
    assert rows(folder, "select email, role from members_member") == [("owner@paper.example", "owner")]
    assert rows(folder, "select name from core_publication") == [("The Paper",)]


def test_secrets_are_random_and_for_the_owner_of_the_folder_alone(tmp_path: Path, relay: tuple[Relay, int]) -> None:
    kept, port = relay
    secrets = set()
    for name in ("one", "two"):
        folder = tmp_path / name
        masthead("new", folder, *answers(port), MASTHEAD_MAIL_PASSWORD="pass word'\"")
        assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700
        secrets.add((folder / ".env").read_text())
        shown = masthead("settings", "--dir", folder).stdout
        assert "pass word" not in shown and (folder / "masthead.toml").read_text().count("pass") == 0
    assert len(secrets) == 2 and len(kept.mails) == 2


def test_a_relay_that_does_not_answer_is_said_and_running_again_goes_on(
    tmp_path: Path, relay: tuple[Relay, int]
) -> None:
    kept, port = relay
    folder = tmp_path / "paper"
    failed = masthead("new", folder, *answers(free_port()))
    assert (failed.returncode, failed.stderr.count("\n")) == (2, 1)
    assert "could not be sent" in failed.stderr and "--smtp-port" in failed.stderr
    secret = (folder / ".env").read_text()
    with (folder / "masthead.toml").open("a") as file:
        file.write("\n# a remark of the operator\n")
    again = masthead("new", folder, "--name=The Paper", "--owner=owner@paper.example", f"--smtp-port={port}")
    assert again.returncode == 0 and len(kept.mails) == 1
    assert (folder / ".env").read_text() == secret
    assert "# a remark of the operator" in (folder / "masthead.toml").read_text()
    assert rows(folder, "select count(*) from members_member") == [(1,)]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"address": "paper.example"}, "no address"),
        ({"owner": "nobody"}, "--owner"),
        ({"smtp-port": "99999"}, "--smtp-port"),
        ({"smtp-security": "maybe"}, "--smtp-security"),
        ({"name": " "}, "--name"),
    ],
)
def test_an_impossible_answer_is_refused_before_anything_is_written(
    tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    ended = masthead("new", tmp_path / "paper", *answers(25, **changes))
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert named in ended.stderr and not (tmp_path / "paper").exists()


def test_missing_answers_are_named_where_nobody_can_be_asked(tmp_path: Path) -> None:
    ended = masthead("new", tmp_path / "paper", "--name=The Paper")
    assert ended.returncode == 2 and "missing --address, --owner, --smtp-host" in ended.stderr


def test_settings_name_each_value_with_its_source(tmp_path: Path, relay: tuple[Relay, int]) -> None:
    folder = tmp_path / "paper"
    masthead("new", folder, *answers(relay[1]))
    with (folder / "masthead.toml").open("a") as file:
        file.write('\n[database]\nurl = "postgresql://ada:hunter2@db.example/paper"\n')
    printed = masthead("settings", "--dir", folder, MASTHEAD_MAIL_PASSWORD="hunter3").stdout
    lines = {line.split()[0]: line.split()[1:] for line in printed.splitlines()}
    assert lines["address"] == ["https://paper.example", "masthead.toml"]
    assert lines["server.threads"] == ["8", "default"]
    assert lines["MASTHEAD_SECRET_KEY"] == ["set", ".env"]
    assert lines["MASTHEAD_MAIL_PASSWORD"] == ["set", "environment"]
    assert lines["database.url"][0] == "postgresql://ada:***@db.example/paper"
    assert "hunter" not in printed
