"""Files stay small (CONTRIBUTING.md): nine in ten under 250 lines, none over 500."""

from collections.abc import Iterable
from pathlib import Path
from statistics import median

from tests.shape.sources import ROOT, committed

NINE_IN_TEN, LONGEST = 250, 500  # lines


def lengths() -> dict[str, int]:
    """Lines of each Python file, migrations left out."""
    files = [path for path in committed() if path.suffix == ".py" and "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)): _lines(path) for path in files}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def is_small(counts: Iterable[int]) -> bool:
    """Say whether nine in ten stay under the limit and none is over the longest."""
    ordered = sorted(counts)
    return sum(count < NINE_IN_TEN for count in ordered) >= 0.9 * len(ordered) and ordered[-1] <= LONGEST


def test_files_are_small() -> None:
    found = lengths()
    print(f"{len(found)} files, median {median(found.values())} lines")
    assert is_small(found.values()), sorted(found.items(), key=lambda item: -item[1])[:5]


def test_a_long_file_and_many_longish_ones_are_found() -> None:
    assert is_small([80] * 19 + [300])
    assert not is_small([80] * 19 + [501])
    assert not is_small([80] * 17 + [300] * 3)
