"""A process that is killed in the middle of publishing leaves the old edition or the new one, whole (check 108)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import environment
from tests.shape.sources import ROOT


def killed(folder: Path, *words: str) -> list[dict[str, Any]]:
    """Run the killer in a process and a folder of its own, and return what it saw."""
    variables = environment(MASTHEAD_TEST_DIR=str(folder), DJANGO_SETTINGS_MODULE="tests.settings")
    (folder / "data").mkdir()
    command = [sys.executable, "-m", "tests.content.killing", *words]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def editions(row: dict[str, Any]) -> set[str]:
    """The editions that stand at any door; none at a door counts as a third."""
    return {"+".join(names) for names in row["doors"].values()}


@pytest.mark.parametrize("points", ["some", pytest.param("all", marks=pytest.mark.soak)])
def test_every_door_shows_the_old_edition_or_the_new_one(tmp_path: Path, points: str) -> None:
    rows = killed(tmp_path, points)
    seen = [editions(row) for row in rows]
    assert len(rows) > 6 and not rows[-1]["killed"] and all(row["killed"] for row in rows[:-1])
    assert [found for found in seen if found not in ({"Old"}, {"New"})] == []
    assert seen[0] == {"Old"} and seen[-1] == {"New"}


def test_without_the_transaction_the_same_killings_do_leave_halves(tmp_path: Path) -> None:
    """The seeded fault."""
    assert [row for row in killed(tmp_path, "torn") if editions(row) not in ({"Old"}, {"New"})]
