"""The minute clock goes on whatever one of its chores does."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings
from django.utils import timezone

from masthead.ops import clock
from masthead.ops.clock import CHORES, TICK, tick


def chores(done: list[str], *names: str) -> list[Any]:
    """Make chores that note that they ran; one named after an error raises it."""

    def make(name: str) -> Any:
        def chore(*, at: datetime) -> None:
            done.append(name)
            if name == "broken":
                raise OSError("the disk is full")
            if name == "database":
                connection.cursor().execute("SELECT nothing FROM nowhere")

        chore.__name__ = name
        return chore

    return [make(name) for name in names]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", ["broken", "database"])
def test_a_chore_that_fails_is_said_and_stops_no_other(
    fault: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    monkeypatch.setattr(clock, "CHORES", chores(done, "first", fault, "last"))
    with override_settings(BILLING_PROVIDER=""):
        tick(timezone.now())
        tick(timezone.now())
    assert done == ["first", fault, "last"] * 2
    assert f"The chore {fault} failed" in caplog.text
    with pytest.raises((OSError, DatabaseError)):
        clock.CHORES[1](at=timezone.now())


def test_every_chore_runs_on_an_empty_database(db: None, caplog: pytest.LogCaptureFixture) -> None:
    tick(timezone.now())
    assert "failed" not in caplog.text and len(CHORES) >= 7


def test_a_tick_comes_more_than_once_a_minute() -> None:
    """Check 18: everything scheduled is out within a minute."""
    assert TICK <= 30


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_clock_runs_in_a_thread_that_does_not_hold_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ticked: list[datetime] = []
    monkeypatch.setattr(clock, "TICK", 0.01)

    def tick_thrice(at: datetime) -> None:
        ticked.append(at)
        if len(ticked) == 3:
            assert threading.current_thread().daemon
            raise SystemExit  # which ends the thread, so that it does not go on beside other tests

    monkeypatch.setattr(clock, "tick", tick_thrice)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    thread = clock.start()
    thread.join(30)
    assert len(ticked) == 3 and thread.daemon


def test_the_demos_renewals_run_with_the_demo_provider_only(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(clock, "CHORES", chores(done, "first"))
    monkeypatch.setattr(clock, "renew_due", chores(done, "renew")[0])
    for provider, expected in (("", ["first"]), ("demo", ["first", "renew"])):
        done.clear()
        with override_settings(BILLING_PROVIDER=provider):
            tick(timezone.now())
        assert done == expected
