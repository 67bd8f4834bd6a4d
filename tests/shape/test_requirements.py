"""Every pin has its hashes, and no file says where to fetch it from."""

import re

import pytest

from tests.shape.sources import ROOT

FILES = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^\s;]+( ; .+)?( --hash=sha256:[0-9a-f]{64})+")
HOST = re.compile(r"https?:|file:|(^|\s)(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b|@ ")


def faults(text: str) -> list[str]:
    """Lines that are no pin with hashes, or name a host."""
    lines = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    return [line for line in lines if line.strip() and (HOST.search(line) or not PIN.fullmatch(line.strip()))]


def test_every_pin_has_its_hashes_and_names_no_host() -> None:
    assert [path.name for path in FILES] == ["base.txt", "dev.txt"]
    assert [fault for path in FILES for fault in faults(path.read_text())] == []


@pytest.mark.parametrize(
    "line",
    ["django==5.2.19", "django>=5", "--index-url https://mirror.example/simple", "django @ file:///wheels/django.whl"],
)
def test_a_line_without_hashes_or_with_a_host_is_found(line: str) -> None:
    assert faults(f"a2wsgi==1.10.10 \\\n    --hash=sha256:{'0' * 64}\n{line}\n") == [line]


def test_everything_that_runs_stands_in_what_is_tested() -> None:
    base, dev = (set(re.findall(r"^\S+==\S+", path.read_text(), flags=re.MULTILINE)) for path in FILES)
    assert len(base) > 20 and base <= dev


def test_there_is_no_second_lock_file() -> None:
    assert not (ROOT / "uv.lock").exists()
