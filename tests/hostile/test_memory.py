"""Picture bombs in an imported folder: the run goes on, and its memory stays within bounds (check 86)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import environment, masthead, publication
from tests.hostile.bombs import HUGE, ODD_PICTURES, png
from tests.importers.bringing import write

MEASURE = (
    "import resource, subprocess, sys; ran = subprocess.run(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(ran.returncode)"
)
MOST = 200 * 1024 * 1024  # bytes that check 86 allows a worker


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = publication(tmp_path_factory.mktemp("memory") / "paper", 'mode = "dev"')
    assert masthead("migrate", "--dir", folder).returncode == 0
    return folder


def peak(*command: str) -> tuple[int, int, str]:
    """Run a command below a small process that measures it: a child of this one would begin with this one's size.

    Returns (exit code, the most memory it held, in bytes, and what it printed).
    """
    ran = subprocess.run([sys.executable, "-c", MEASURE, *command], env=environment(), capture_output=True, text=True)
    size = int(ran.stdout.splitlines()[-1]) * (1 if sys.platform == "darwin" else 1024)
    return ran.returncode, size, ran.stdout + ran.stderr


def brought_in(paper: Path, site: Path) -> tuple[int, int, str]:
    """Import a folder and return what `peak` does."""
    return peak(sys.executable, "-m", "masthead", "import", "markdown", str(site), "--dir", str(paper))


def folder_of(root: Path, pictures: dict[str, bytes]) -> Path:
    """A folder of one post for each picture."""
    texts = {f"{root.name}/{name}.md": f"---\nimage: '{name}.png'\n---\nText." for name in pictures}
    return write(root, texts | {f"{root.name}/{name}.png": content for name, content in pictures.items()})


def test_bombs_and_broken_pictures_are_reported_within_memory(paper: Path, tmp_path: Path) -> None:
    code, size, report = brought_in(paper, folder_of(tmp_path, HUGE))
    assert code == 0 and report.count("megapixels") + report.count("not a picture we can read") == len(HUGE), report
    assert size < MOST, size


def test_odd_pictures_do_not_stop_the_run(paper: Path, tmp_path: Path) -> None:
    code, size, report = brought_in(paper, folder_of(tmp_path, ODD_PICTURES))
    assert code == 0 and f"{len(ODD_PICTURES)} created" in report, report[-500:]
    assert size < MOST, size


def test_a_picture_file_of_a_gigabyte_is_not_read_into_memory(paper: Path, tmp_path: Path) -> None:
    site = write(tmp_path, {"big.md": "![big](big.png)"})
    with open(site / "big.png", "wb") as big:
        big.write(png(9, 9))
        big.truncate(1_000_000_000)  # a hole: it takes no room on the disk
    code, size, report = brought_in(paper, site)
    assert code == 0 and "larger than 30 MB" in report
    assert size < MOST, size


def test_a_picture_just_within_the_limit_is_kept_and_drawn_within_memory(paper: Path, tmp_path: Path) -> None:
    """Fifty-nine megapixels of one colour are a file of two hundred kilobytes."""
    site = folder_of(tmp_path, {"flat": png(7_690, 7_690, colour=2)})
    assert (site / site.name / "flat.png").stat().st_size < 500_000
    code, kept, report = brought_in(paper, site)
    assert code == 0 and "1 created" in report, report
    draw = "from masthead.content.models import Media; from masthead.content.pictures import rendition; rendition(Media.objects.get(width=7690), 480, 'jpeg')"
    code, drawn, report = peak(sys.executable, "-m", "masthead", "manage", "--dir", str(paper), "shell", "-c", draw)
    assert code == 0, report
    assert max(kept, drawn) < 2 * MOST, (kept, drawn)


def test_memory_that_is_held_is_measured() -> None:
    """Otherwise the bounds above would hold for anything."""
    assert peak(sys.executable, "-c", "x = b'x' * 300_000_000")[1] > MOST
    assert peak(sys.executable, "-c", "")[1] < MOST // 4
