"""The worker: does what is queued, and keeps the minute clock."""

import logging
import secrets
from collections.abc import Sequence

from django_tasks_db.management.commands.db_worker import Worker

from masthead.ops import clock

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
    worker = _worker(batch=False)
    worker.configure_signals()
    worker.run()


def work_off(*, without: Sequence[str] = ()) -> None:
    """Do everything that is queued now, except in the queues named, and return."""
    _worker(batch=True, without=without).run()
