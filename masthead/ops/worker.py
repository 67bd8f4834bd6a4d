"""The worker: does what is queued, and keeps the minute clock."""

import logging
import secrets
import time
from collections.abc import Sequence

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from masthead.ops import clock

logger = logging.getLogger(__name__)
INTERVAL = 0.3  # seconds between looks at an empty queue: a code by mail should not wait


def _worker(*, batch: bool, without: Sequence[str] = ()) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0 if batch else INTERVAL,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
        excluded_queue_names=list(without),
    )


def run() -> None:
    """Work until a signal asks to stop; the task at hand is finished first."""
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    clock.start()
    while not _ran():
        time.sleep(INTERVAL)


def _ran() -> bool:
    """Work until a signal asks to stop; False when the database did not answer, so that work goes on when it does."""
    worker = _worker(batch=False)
    worker.configure_signals()
    try:
        worker.run()
    except OperationalError as error:
        logger.error("The database does not answer: %s", error)
        close_old_connections()
        return False
    return True


def work_off(*, without: Sequence[str] = ()) -> None:
    """Do everything that is queued now, except in the queues named, and return."""
    _worker(batch=True, without=without).run()
