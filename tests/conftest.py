"""Fixtures of every test; and no socket but loopback."""

import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast, make_cast

REAL_CONNECT = socket.socket.connect


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any connection to elsewhere an error."""

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test wanted to connect to {address}.")
        REAL_CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _keep_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker run inside the transaction of a test, as Django's test client lets a request."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast, made for this test and rolled back after it."""
    return make_cast()


@pytest.fixture(scope="session", autouse=True)
def _own_folder() -> Iterator[None]:
    """Remove the folder of this run."""
    from django.conf import settings

    yield
    shutil.rmtree(settings.CONFIG.folder, ignore_errors=True)
