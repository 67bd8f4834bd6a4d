"""`masthead staff`: desks given and taken by whoever keeps the server."""

from pathlib import Path

import pytest

from tests.commands.running import masthead, publication

OWNER = "owner@paper.example"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = publication(tmp_path / "paper", 'mode = "dev"')
    assert masthead("migrate", "--dir", folder).returncode == 0
    return folder


def test_roles_are_given_listed_and_taken_and_the_last_owner_stays(paper: Path) -> None:
    assert masthead("staff", OWNER, "--role", "owner", "--dir", paper).stdout == f"{OWNER}  owner  0 passkeys\n"
    assert masthead("staff", "Ed@paper.example", "--role", "editor", "--dir", paper).returncode == 0
    listed = masthead("staff", "--dir", paper).stdout
    assert listed == f"ed@paper.example  editor  0 passkeys\n{OWNER}  owner  0 passkeys\n"
    refused = masthead("staff", OWNER, "--role", "none", "--dir", paper)
    assert refused.returncode == 2 and "needs an owner" in refused.stderr
    assert masthead("staff", "ed@paper.example", "--role", "none", "--dir", paper).returncode == 0
    assert masthead("staff", "--dir", paper).stdout == f"{OWNER}  owner  0 passkeys\n"


def test_what_makes_no_sense_is_one_clear_line(paper: Path) -> None:
    for words, said in (
        (["nobody@paper.example", "--forget-passkeys"], "nobody here has the address"),
        (["no address", "--role", "editor"], "not a mail address"),
        ([OWNER], "say what to do"),
    ):
        ended = masthead("staff", *words, "--dir", paper)
        assert ended.returncode == 2 and said in ended.stderr and ended.stderr.count("\n") == 1, words
