"""Packages of Ghost's own clients, fetched once into pytest's cache."""

import shutil
import subprocess
from pathlib import Path

import pytest

TIME = 120  # seconds for fetching one
QUIETLY = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund")


def fetched(config: pytest.Config, name: str, version: str) -> Path:
    """Return the folder of a package of this version, or skip where there is no node or no registry."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("There is no node and npm here to run Ghost's client with.")
    assert config.cache is not None
    folder = Path(config.cache.mkdir("ghost-client")) / version
    package = folder / "node_modules" / name
    if not (package / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), *QUIETLY, f"{name}@{version}"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIME)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"Ghost's client cannot be fetched: {error}")
    return package
