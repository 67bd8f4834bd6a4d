"""`masthead import ghost` as people run it: progress, exit codes, the key, and a run that was killed (check 109)."""

import hashlib
import io
import json
import random
import re
import signal
import time
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from masthead.importers.ghost.options import Options
from masthead.importers.ghost.sources import Source
from tests.commands.running import masthead, publication, start
from tests.importers.bringing import picture, write
from tests.importers.ghost.bringing import bring_in
from tests.importers.ghost.exports import Export, image, lexical, paper, paragraph
from tests.importers.ghost.members.bringing import as_csv, row
from tests.shape.sources import ROOT


def large() -> Export:
    """A paper of some length, with pictures."""
    export = paper()
    tags = [export.tag(f"Tag {number}") for number in range(5)]
    for number in range(24):
        body = lexical(
            *(paragraph(f"Words of {number} " * 20) for _ in range(12)),
            image(f"__GHOST_URL__/content/images/{number % 6}.png"),
        )
        visibility = ("public", "paid", "odd")[number % 3]
        export.post(f"post-{number % 20}", lexical=body, html=None, visibility=visibility, tags=[tags[number % 5]])
    return export


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, its pictures and redirects, in a folder."""
    folder = tmp_path_factory.mktemp("given")
    large().write(folder)
    files = {f"content/images/{n}.png": picture((n * 40, 0, 0)) for n in range(5)}
    people = as_csv(
        row(number, labels=f"Label {number % 3}", complimentary_plan=number % 2 == 0) for number in range(60)
    )
    return write(
        folder, files | {"redirects.json": json.dumps([{"from": "/a/", "to": "/b/"}]), "members.csv": people.encode()}
    )


def words(given: Path, paper: Path) -> tuple[str | Path, ...]:
    flags = ("--images", given, "--redirects", given / "redirects.json")
    return ("import", "ghost", given / "paper.ghost.json", given / "members.csv", *flags, "--dir", paper)


def state(paper: Path) -> str:
    """What the publication holds, as a hash of all that goes out again in Ghost's shape, where ids are Ghost's own."""
    out = paper.parent / f"{paper.name}-out"
    rmtree(out, ignore_errors=True)
    left = masthead("export", "--ghost", out, "--dir", paper)
    assert left.returncode == 0, left.stderr
    whole = hashlib.sha256()
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        content = re.sub(rb'"exported_on": ?[0-9]+', b"", path.read_bytes())
        whole.update(f"{path.relative_to(out)} {hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication without posts, migrated once and copied for each test."""
    folder = publication(
        tmp_path_factory.mktemp("empty") / "paper", 'mode = "dev"', 'address = "http://127.0.0.1:8000"'
    )
    assert masthead("migrate", "--dir", folder).returncode == 0
    return folder


@pytest.fixture
def here(empty: Path, tmp_path: Path) -> Path:
    return Path(copytree(empty, tmp_path / "paper"))


@pytest.fixture(scope="module")
def whole(empty: Path, given: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The state after one run that nobody stopped."""
    paper = Path(copytree(empty, tmp_path_factory.mktemp("whole") / "paper"))
    ran = masthead(*words(given, paper))
    assert ran.returncode == 0, ran.stderr
    assert "29 posts created, 1 pages created, 1 redirects created" in ran.stdout
    return state(paper)


def test_it_prints_progress_what_was_amiss_and_a_summary(given: Path, here: Path) -> None:
    ran = masthead(*words(given, here))
    lines = ran.stdout.splitlines()
    assert lines[:2] == ["[settings 1/1]", "[authors 2/2]"] and "[posts 29/29]" in lines
    assert ran.returncode == 0 and "5.png" in ran.stderr and "closed to all but staff" in ran.stderr
    assert (here / "data" / "imports" / "ghost-report.md").is_file() and "Traceback" not in ran.stderr
    ran = masthead(*words(given, here), "--quiet")
    assert "posts unchanged" in ran.stdout and "[" not in ran.stdout


@pytest.mark.django_db
def test_it_exits_2_with_one_line_for_what_it_cannot_begin(given: Path, here: Path, tmp_path: Path) -> None:
    export = given / "paper.ghost.json"
    (tmp_path / "no.json").write_text("no")
    wrong: list[list[str | Path]] = [
        [tmp_path / "no.json"],
        [tmp_path],
        [export, tmp_path / "no.csv"],
        [export, "--images", tmp_path / "nowhere"],
        [export, "--images", export],
        [export, "--routes", tmp_path / "nowhere"],
        [export, "--site", "ghost.example"],
        [export, "--site", "javascript:x"],
        [export, "--key-file", tmp_path / "nowhere", "--site", "https://ghost.example"],
        [export, "--key", "some-key"],
        [export, "--routes", export.parent / "members.csv"],
    ]
    for flags in wrong:
        ran = bring_in(Path(flags[0]), tmp_path, *flags[1:])
        assert ran.code == 2 and len(ran.report.splitlines()) == 1 and not ran.out, (flags, ran.report)
    told = masthead("import", "ghost", tmp_path / "nowhere.json", "--dir", here)
    assert told.returncode == 2 and "nothing at" in told.stderr and "Traceback" not in told.stderr


@pytest.mark.django_db
def test_the_key_is_taken_from_a_file_or_the_environment_and_never_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Options] = []

    def sources(options: Options) -> list[Source]:
        found.append(options)
        return []

    monkeypatch.setattr("masthead.importers.ghost.importing.sources_of", sources)
    monkeypatch.setattr("masthead.importers.ghost.importing._check_key", lambda options: None)
    (tmp_path / "key").write_text("canary-key\n")
    ways: list[tuple[str | Path, ...]] = [
        ("--key-file", tmp_path / "key"),
        ("--key", "canary-key"),
        ("--key-file", "-"),
        (),
    ]
    for flags in ways:
        monkeypatch.setattr("sys.stdin", io.StringIO("canary-key\n"))
        monkeypatch.setenv("GHOST_ADMIN_KEY", "" if flags else "canary-key")
        site = ("--site", "https://127.0.0.1:9") if flags else ()
        ran = bring_in(paper(), tmp_path, *flags, *site, "--report", tmp_path / "report.md")
        assert (
            ran.code == len(site) // 2 and "canary" not in ran.out + ran.report + (tmp_path / "report.md").read_text()
        )
        assert ("others on this machine" in ran.report) == ("--key" in flags) and found[-1].key == "canary-key"


def kill_after(given: Path, here: Path, lines: int, seconds: float) -> bool:
    """Start an import, kill it so long after so many lines of progress, and say whether it had not ended yet."""
    process = start(*words(given, here))
    assert process.stdout is not None and process.stderr is not None
    with process, process.stdout, process.stderr:
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_stopped_with_ctrl_c_it_says_how_to_go_on(given: Path, here: Path) -> None:
    process = start(*words(given, here))
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "the same command goes on" in said and "Traceback" not in said


def test_a_state_that_differs_is_seen(whole: str, given: Path, here: Path, tmp_path: Path) -> None:
    other = large()
    other.tables["posts"][7]["title"] = "Another title"
    other.write(tmp_path / "other")
    changed = [
        tmp_path / "other" / "paper.ghost.json" if one == given / "paper.ghost.json" else one
        for one in words(given, here)
    ]
    assert masthead(*changed).returncode == 0 and state(here) != whole


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=[pytest.mark.soak] if seed else []) for seed in range(10)])
def test_killed_at_ten_random_points_it_is_as_after_one_run(seed: int, whole: str, given: Path, here: Path) -> None:
    chance = random.Random(seed)
    killed = [kill_after(given, here, chance.randint(0, 9), chance.random() / 4) for _ in range(10)]
    assert killed.count(True) > 3
    assert masthead(*words(given, here)).returncode == 0 and state(here) == whole
    assert not list((here / "data" / "imports").glob("*.part")) + list((here / "data" / "imports").glob("*.sqlite3"))


def test_the_docs_name_every_flag_and_exit_code() -> None:
    told = "".join((ROOT / "docs" / name).read_text() for name in ("reference/commands.md",))
    for word in (
        "--images",
        "--site",
        "--key-file",
        "--routes",
        "--redirects",
        "--report",
        "--rehearse",
        "GHOST_ADMIN_KEY",
    ):
        assert word in told, word
