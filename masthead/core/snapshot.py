"""Reading many tables as they stand at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read inside be of one moment; nobody waits for it, and it waits for nobody.

    Nothing may be written inside. Within a transaction it is that transaction's view.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        with _deferred(), transaction.atomic():
            _look()
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Begin without the lock for writing, which our transactions take at once otherwise (settings.py)."""
    connection.ensure_connection()
    kept = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = kept  # type: ignore[attr-defined]


def _look() -> None:
    """Read something: SQLite's snapshot begins with the first reading."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
