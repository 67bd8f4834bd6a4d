"""The shared counter: seen by every process, whatever happens to its file."""

import os
from pathlib import Path

import pytest
from django.db import transaction

from masthead.core import events
from masthead.pagestore import parts
from masthead.pagestore.counter import SIZE, Counter
from masthead.pagestore.models import Purge
from tests.cast import NOON


def test_a_change_is_seen_by_everybody_who_has_the_file_open(tmp_path: Path) -> None:
    ours, theirs = Counter(tmp_path / "pages" / "counter"), Counter(tmp_path / "pages" / "counter")
    ours.renew()
    before = ours.value()
    theirs.change()
    after = ours.value()
    theirs.change()
    assert len({before, after, ours.value()}) == 3
    assert len(after) == SIZE and (tmp_path / "pages" / "counter").stat().st_size == SIZE


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_file_that_is_gone_is_found_again_at_the_next_look(tmp_path: Path, how: str) -> None:
    path = tmp_path / "counter"
    ours, theirs = Counter(path), Counter(path)
    ours.renew()
    theirs.change()
    assert ours.renew() is False
    path.unlink()
    if how == "replaced":
        path.write_bytes(bytes(SIZE))
    theirs.change()
    before = ours.value()
    assert ours.renew() is True
    assert ours.value() != before
    now = ours.value()
    theirs.change()
    assert ours.value() != now


def test_a_file_that_was_cut_short_is_read_as_something_else(tmp_path: Path) -> None:
    ours = Counter(tmp_path / "counter")
    ours.change()
    ours.renew()
    before = ours.value()
    os.truncate(tmp_path / "counter", 3)
    assert ours.value() != before
    ours.change()
    assert len(ours.value()) == SIZE


def test_many_changes_leave_no_file_open(tmp_path: Path) -> None:
    ours = Counter(tmp_path / "counter")
    ours.renew()
    ours.change()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        ours.change()
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.django_db(transaction=True)
def test_an_act_is_done_although_the_counter_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        failed.append(True)
        raise OSError("the disk is gone")

    failed: list[bool] = []
    monkeypatch.setattr(parts.counter(), "change", fail)
    with transaction.atomic():
        events.write("access.changed", "member:1", at=NOON)
    assert failed and Purge.objects.filter(tag="member:1").exists()
