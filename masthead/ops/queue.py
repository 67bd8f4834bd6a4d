"""What the queue itself lacks: taking back stalled work, and trying failed work again."""

from datetime import datetime, timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

STALLED_AFTER = timedelta(minutes=10)
FIRST_WAIT = timedelta(seconds=10)
MOST_TRIES = 8  # the last one about a day after the first
KEPT = timedelta(days=7)


def return_stalled(*, at: datetime) -> int:
    """Give back what a killed worker left unfinished; return how much."""
    stalled = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - STALLED_AFTER)
    return stalled.update(status=TaskResultStatus.READY)


def retry_failed(*, at: datetime) -> int:
    """Give failed work another try, each after a longer wait; return how much."""
    due = 0
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=at - KEPT)
    for row in failed.only("id", "worker_ids", "finished_at")[:500]:
        tries = len(row.worker_ids)
        if tries >= MOST_TRIES or row.finished_at is None or row.finished_at + FIRST_WAIT * 4 ** (tries - 1) > at:
            continue
        again = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
        due += again.update(status=TaskResultStatus.READY, run_after=at, finished_at=None)
    return due


def forget_finished(*, at: datetime) -> int:
    """Delete what went well more than a week ago; return how much."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEPT)
    return done.delete()[0]
