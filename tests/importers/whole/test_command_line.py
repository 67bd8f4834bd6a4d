"""`masthead export` and `masthead import masthead` as people run them, beside a site that writes (checks 128, 129)."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from masthead.core.carrying import OutError
from masthead.importers.whole.targets import target_for
from tests.commands.running import environment, masthead, publication
from tests.importers.bringing import picture, write
from tests.importers.whole.moving import files_of, lines_of

FILES: dict[str, str | bytes] = {
    f"post-{n}.md": f"---\ntitle: Post {n}\ndate: 2026-01-0{n}\nvisibility: {('public', 'paid')[n % 2]}\ntags: [World]\nauthor: Ada\n---\n"
    f"Opening\n\n<!--more-->\n\n![a](quay.png) words"
    for n in range(1, 6)
} | {"quay.png": picture()}
LINES = ('mode = "dev"', 'address = "http://127.0.0.1:8000"')


def paper_at(folder: Path) -> Path:
    paper = publication(folder, *LINES)
    assert masthead("migrate", "--dir", paper).returncode == 0
    return paper


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with a few posts and an owner; no test here changes it for good."""
    root = tmp_path_factory.mktemp("papers")
    paper = paper_at(root / "paper")
    assert masthead("import", "markdown", write(root / "site", FILES), "--dir", paper).returncode == 0
    assert masthead("staff", "owner@paper.example", "--role", "owner", "--dir", paper).returncode == 0
    return paper


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new publication elsewhere, with the same owner."""
    other = paper_at(tmp_path_factory.mktemp("other") / "paper")
    assert masthead("staff", "owner@paper.example", "--role", "owner", "--dir", other).returncode == 0
    return other


def test_it_goes_out_and_in_elsewhere_and_out_again_the_same(paper: Path, other: Path, tmp_path: Path) -> None:
    ran = masthead("export", tmp_path / "a", "--dir", paper)
    assert ran.returncode == 0 and ran.stderr == ""
    assert ran.stdout.splitlines()[-1].startswith("5 posts, 1 members and ")
    assert "posts: 5" in ran.stdout.splitlines()
    ran = masthead("import", "masthead", tmp_path / "a", "--dir", other)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "Masthead: 5 posts and 1 members came in."
    assert masthead("export", tmp_path / "b", "--dir", other, "--quiet").stdout.count("\n") == 1
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    again = masthead("import", "masthead", tmp_path / "a", "--dir", other)
    assert again.returncode == 1 and "not empty: it has 1 media" in again.stderr and "masthead new" in again.stderr


def test_it_waits_for_no_writer_and_no_writer_waits_for_it(paper: Path, tmp_path: Path) -> None:
    with sqlite3.connect(paper / "data" / "masthead.sqlite3", isolation_level=None) as database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE content_tag SET name = 'Unsaved'")
        ran = masthead("export", tmp_path / "a", "--dir", paper, timeout=15)
        database.execute("ROLLBACK")
    assert ran.returncode == 0 and [line["name"] for line in lines_of(tmp_path / "a", "tags")] == ["World"]


def test_what_is_in_the_way_is_refused_with_2_and_stays(paper: Path, tmp_path: Path) -> None:
    write(tmp_path / "full", {"a.txt": "mine"})
    (tmp_path / "b.zip").write_text("mine")
    for path in (tmp_path / "full", tmp_path / "b.zip", tmp_path / "full" / "a.txt", tmp_path / "nowhere" / "a"):
        with pytest.raises(OutError):
            target_for(path)
    ran = masthead("export", tmp_path / "full", "--dir", paper)
    assert (
        ran.returncode == 2
        and ran.stderr == f"masthead: {tmp_path}/full is not empty. Name a folder that is, or that is not there yet.\n"
    )
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["b.zip", "full"]


def test_where_nothing_more_can_be_written_it_says_so_and_leaves_nothing(paper: Path, tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    command = [sys.executable, "-m", "masthead", "export", str(tmp_path / "a.zip"), "--dir", str(paper), "--quiet"]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, preexec_fn=small)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1), ran.stderr
    assert "was not written" in ran.stderr and list(tmp_path.iterdir()) == []


def test_a_full_disk_is_called_one(capsys: pytest.CaptureFixture[str]) -> None:
    from masthead.commands.export import say_why

    say_why(OSError(28, os.strerror(28)), Path("a"))
    assert (
        capsys.readouterr().err
        == "masthead: the disk is full: a was not written. Free some space, or name a place on another disk.\n"
    )


def test_a_database_that_was_never_made_is_refused(tmp_path: Path) -> None:
    ran = masthead("export", tmp_path / "a", "--dir", publication(tmp_path / "paper", *LINES))
    assert ran.returncode == 2 and "masthead migrate" in ran.stderr
