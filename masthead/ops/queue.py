"""What the queue itself lacks: taking back stalled work, and trying failed work again."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
STALLED_AFTER = timedelta(minutes=10)
MAIL_STALLED_AFTER = timedelta(minutes=1)  # sending one takes ten seconds at most
GIVEN_UP = -100  # the priority of what is tried no more
FIRST_WAIT = timedelta(seconds=10)
MOST_TRIES = 8  # the last one about a day after the first
KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=30)


def return_stalled(*, at: datetime) -> int:
    """Give back what a killed worker left unfinished; return how much. What kills its worker again and again is given up."""
    late = Q(started_at__lt=at - STALLED_AFTER) | Q(queue_name="mail", started_at__lt=at - MAIL_STALLED_AFTER)
    given = 0
    for row in DBTaskResult.objects.filter(late, status=TaskResultStatus.RUNNING).only("id", "worker_ids", "task_path"):
        running = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING)
        if len(row.worker_ids) < MOST_TRIES:
            given += running.update(status=TaskResultStatus.READY)
        elif running.update(status=TaskResultStatus.FAILED, finished_at=at, priority=GIVEN_UP):
            logger.error("Task %s (%s) stopped its worker %s times and was given up", row.pk, row.task_path, MOST_TRIES)
    return given


def retry_failed(*, at: datetime) -> int:
    """Give failed work another try, each after a longer wait; return how much."""
    due = 0
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__isnull=False)
    for row in failed.exclude(priority=GIVEN_UP).only("id", "worker_ids", "finished_at", "task_path").iterator():
        tries, again = len(row.worker_ids), failed.filter(pk=row.pk)
        if tries >= MOST_TRIES:
            again.update(priority=GIVEN_UP)
            logger.error("Task %s (%s) failed %s times and was given up", row.pk, row.task_path, tries)
        elif row.finished_at and row.finished_at + FIRST_WAIT * 4 ** max(0, tries - 1) <= at:
            due += again.update(status=TaskResultStatus.READY, run_after=at, finished_at=None)
    return due


def forget_finished(*, at: datetime) -> int:
    """Delete what went well more than a week ago, and what was given up more than a month ago; return how much."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEPT)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=at - FAILED_KEPT)
    return done.delete()[0] + failed.delete()[0]
