"""`masthead import markdown` as people run it: progress, report, exit codes, and a run that was killed (check 109)."""

import hashlib
import json
import random
import signal
import sqlite3
from pathlib import Path
from shutil import copytree

import pytest

from tests.commands.running import masthead, publication, start
from tests.importers.bringing import picture, write
from tests.shape.sources import ROOT

FILES: dict[str, str | bytes] = {
    f"posts/2026-01-{n:02}-post-{n}.md": f"---\ntitle: Post {n}\ndate: 2026-01-{n:02}\ntags: [World, Tag {n % 5}]\nauthor: Writer {n % 3}\n"
    f"visibility: {('public', 'paid', 'vip')[n % 3]}\nslug: post-{n % 20}\n---\nOpening {n}\n\n<!--more-->\n\n![a](quay{n % 4}.png) {'words ' * n * 40}"
    for n in range(1, 29)
}
FILES |= {f"posts/quay{n}.png": picture((n * 60, 0, 0)) for n in range(4)}
# What stands in the tables after a run, without ids and moments that differ from run to run.
ASKED = (
    "SELECT p.path, p.title, p.status, p.visibility, p.published_at, p.updated_at, p.opening, p.revision_number, p.kind FROM content_post p ORDER BY 1",
    "SELECT p.path, d.title, d.document, d.visibility, d.slug, d.version FROM content_draft d JOIN content_post p ON p.id = d.post_id ORDER BY 1",
    "SELECT p.path, b.document FROM content_body b JOIN content_post p ON p.id = b.post_id ORDER BY 1",
    "SELECT p.path, r.number, r.title, r.document FROM content_revision r JOIN content_post p ON p.id = r.post_id ORDER BY 1, 2",
    "SELECT a.path, a.is_current, p.path FROM content_address a JOIN content_post p ON p.id = a.post_id ORDER BY 1",
    "SELECT p.path, t.slug, x.position FROM content_posttag x JOIN content_post p ON p.id = x.post_id JOIN content_tag t ON t.id = x.tag_id ORDER BY 1, 3",
    "SELECT p.path, a.slug, x.position FROM content_postauthor x JOIN content_post p ON p.id = x.post_id JOIN content_author a ON a.id = x.author_id ORDER BY 1, 3",
    "SELECT i.foreign_id, i.fingerprint, p.path FROM importers_imported i JOIN content_post p ON p.id = i.post_id ORDER BY 1",
    "SELECT sha256, name, width FROM content_media ORDER BY 1",
    "SELECT kind, count(*) FROM core_event GROUP BY kind ORDER BY 1",
    "SELECT slug, name FROM content_tag ORDER BY 1",
)


def state(paper: Path) -> str:
    """What the publication holds, as one hash; pictures by their content instead of their random tokens."""
    with sqlite3.connect(paper / "data" / "masthead.sqlite3") as database:
        told = json.dumps([database.execute(question).fetchall() for question in ASKED])
        for token, sha256 in database.execute("SELECT token, sha256 FROM content_media"):
            told = told.replace(token, sha256)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return hashlib.sha256(told.encode()).hexdigest()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication without posts, migrated once and copied for each test."""
    folder = publication(
        tmp_path_factory.mktemp("empty") / "paper", 'mode = "dev"', 'address = "http://127.0.0.1:8000"'
    )
    assert masthead("migrate", "--dir", folder).returncode == 0
    return folder


@pytest.fixture
def paper(empty: Path, tmp_path: Path) -> Path:
    return Path(copytree(empty, tmp_path / "paper"))


@pytest.fixture(scope="module")
def whole(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The state after one run that nobody stopped."""
    root = tmp_path_factory.mktemp("whole")
    paper = Path(copytree(empty, root / "paper"))
    ran = masthead("import", "markdown", write(root / "site", FILES), "--dir", paper)
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "28 created")
    return state(paper)


def test_it_prints_progress_and_a_report_and_exits_0_for_all_and_1_for_some(paper: Path, tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"a.md": "---\nmood: calm\n---\nText.", "b.md": "Text."})
    ran = masthead("import", "markdown", site, "--dir", paper)
    assert ran.stdout.splitlines() == ["[1/2] a.md", "[2/2] b.md", "2 created"]
    assert (ran.returncode, ran.stderr.strip()) == (0, "a.md: “mood” was not understood")
    write(site, {"c.md": "---\nbroken: [\n---\n"})
    ran = masthead("import", "markdown", site, "--dir", paper, "--quiet")
    assert ran.stdout.splitlines() == ["2 unchanged, 1 failed"]
    assert ran.returncode == 1 and ran.stderr.strip().startswith("c.md: was not imported: ")


def test_it_exits_2_with_one_line_for_what_it_cannot_begin(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.")
    for words in (
        ("import", "markdown", tmp_path / "nowhere", "--dir", paper),
        ("import", "markdown", tmp_path / "a.md", "--dir", paper),
        ("import", "markdown", tmp_path, "--dir", tmp_path / "nowhere"),
        ("import", "markdown", tmp_path, "--dir", tmp_path),
        ("import", "wordstar", tmp_path, "--dir", paper),
        ("import", "markdown", "--dir", paper),
    ):
        ran = masthead(*words)
        assert ran.returncode == 2 and ran.stderr.strip() and "Traceback" not in ran.stderr, words


def test_an_empty_folder_is_said_to_be_empty(paper: Path, tmp_path: Path) -> None:
    ran = masthead("import", "markdown", write(tmp_path / "site", {"x.txt": "no"}), "--dir", paper)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "nothing to import\n", "")


def test_the_docs_name_every_flag_and_exit_code() -> None:
    """docs/reference/commands.md and docs/howto/import-markdown.md are what people read before they run it."""
    told = "".join((ROOT / "docs" / name).read_text() for name in ("reference/commands.md", "howto/import-markdown.md"))
    for word in ("--pages", "--overwrite", "--quiet", "--dir"):
        assert word in told, word
    assert "2 " in told and "exit" in told.lower()


def kill_after(paper: Path, site: Path, lines: int) -> bool:
    """Start an import, kill it after so many lines of progress, and say whether it had not ended yet."""
    process = start("import", "markdown", site, "--dir", paper)
    assert process.stdout is not None and process.stderr is not None
    with process, process.stdout, process.stderr:
        for _ in range(lines):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_killed_at_three_points_and_run_again_it_is_as_after_one_run(whole: str, paper: Path, tmp_path: Path) -> None:
    site = write(tmp_path / "site", FILES)
    assert [kill_after(paper, site, lines) for lines in (0, 5, 17)] == [True] * 3
    ran = masthead("import", "markdown", site, "--dir", paper)
    assert ran.returncode == 0 and "unchanged" in ran.stdout.splitlines()[-1]
    assert state(paper) == whole


def test_a_state_that_differs_is_seen(whole: str, paper: Path, tmp_path: Path) -> None:
    site = write(tmp_path / "site", FILES | {"posts/2026-01-05-post-5.md": "Other."})
    assert masthead("import", "markdown", site, "--dir", paper).returncode == 0
    assert state(paper) != whole


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_killed_at_ten_random_points_it_is_as_after_one_run(seed: int, whole: str, paper: Path, tmp_path: Path) -> None:
    site = write(tmp_path / "site", FILES)
    points = random.Random(seed)
    while kill_after(paper, site, points.randrange(28)) and points.random() < 0.7:
        continue
    assert masthead("import", "markdown", site, "--dir", paper).returncode == 0
    assert state(paper) == whole
