"""A Ghost to bring in."""

from pathlib import Path

import pytest

from tests.importers.ghost.members.bringing import Ghost


@pytest.fixture
def ghost(tmp_path: Path, db: None) -> Ghost:
    return Ghost(tmp_path)
