"""No committed file names a path of somebody's machine or holds a secret."""

import re

import pytest

from tests.shape.sources import ROOT, committed

TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".json", ".yml", ".yaml", ".cfg", ".ini", ".sh", ""}
# Put together here, so that this file does not find itself.
PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["home/" + r"\w", "root/", "tmp" + "/", "work" + "/", "Users/" + r"\w"]) + ")"
)
SECRETS = re.compile("|".join(["sk_" + "live_", "-----BEGIN " + "[A-Z ]*PRIVATE KEY", "AKIA" + "[0-9A-Z]{16}"]))


def faults(text: str) -> list[str]:
    """What in a text names a machine's path or looks like a secret."""
    return [match.group() for pattern in (PATHS, SECRETS) for match in pattern.finditer(text)]


def test_no_committed_file_names_a_machines_path_or_holds_a_secret() -> None:
    files = [path for path in committed() if path.suffix in TEXT]
    assert len(files) > 50
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in files
        if (wrong := faults(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize("text", ["see /" + "home/ada/x", "cd /" + "tmp/x", "key = 'sk_" + "live_1'"])
def test_a_path_or_a_secret_is_found(text: str) -> None:
    assert faults(text)
    assert faults("https://paper.example/home/news and work/life") == []
