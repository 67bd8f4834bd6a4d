"""What the queue itself lacks: stalled work is given back, failed work tried again, finished work forgotten."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from masthead.ops.queue import (
    FIRST_WAIT,
    KEPT,
    MOST_TRIES,
    STALLED_AFTER,
    forget_finished,
    retry_failed,
    return_stalled,
)
from masthead.ops.worker import work_off

pytestmark = pytest.mark.django_db
DONE: list[int] = []
BROKEN: list[str] = []


@task()
def note(number: int) -> None:
    """Note that it ran, or fail while something is broken."""
    if BROKEN:
        raise OSError(BROKEN[0])
    DONE.append(number)


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    DONE.clear()
    BROKEN.clear()


def row(number: int = 1, **changed: Any) -> Any:
    """Queue a task and put its row into this state."""
    found = DBTaskResult.objects.get(pk=note.enqueue(number).id)
    DBTaskResult.objects.filter(pk=found.pk).update(**changed)
    found.refresh_from_db()
    return found


def failed(tries: int, at: datetime, number: int = 1) -> Any:
    return row(number, status=TaskResultStatus.FAILED, finished_at=at, worker_ids=[f"w{n}" for n in range(tries)])


def test_work_that_a_killed_worker_left_is_done_by_the_next(db: None) -> None:
    now = timezone.now()
    row(1, status=TaskResultStatus.RUNNING, started_at=now - STALLED_AFTER - timedelta(seconds=1), worker_ids=["gone"])
    row(2, status=TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=1), worker_ids=["busy"])
    work_off()
    assert DONE == []
    assert return_stalled(at=now) == 1
    work_off()
    assert DONE == [1]
    assert return_stalled(at=now) == 0


def test_work_that_kills_its_worker_each_time_is_not_tried_for_ever() -> None:
    """Check 116: no infinite retry, of a picture that eats the memory for one."""
    now = timezone.now()
    stalled = row(1, status=TaskResultStatus.RUNNING, started_at=now - 2 * STALLED_AFTER, worker_ids=["w"] * MOST_TRIES)
    return_stalled(at=now)
    stalled.refresh_from_db()
    assert stalled.status != TaskResultStatus.READY


def test_failed_work_is_tried_again_and_succeeds(db: None) -> None:
    BROKEN.append("the relay is away")
    note.enqueue(7)
    work_off()
    assert (DONE, DBTaskResult.objects.get().status) == ([], TaskResultStatus.FAILED)
    BROKEN.clear()
    later = timezone.now() + FIRST_WAIT + timedelta(seconds=1)
    assert retry_failed(at=later) == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    assert DONE == [7] and retry_failed(at=later) == 0


@pytest.mark.parametrize("tries", range(1, MOST_TRIES))
def test_each_wait_is_longer_than_the_one_before(tries: int) -> None:
    now = timezone.now()
    wait = FIRST_WAIT * 4 ** (tries - 1)
    failed(tries, now)
    assert retry_failed(at=now + wait - timedelta(seconds=1)) == 0
    assert retry_failed(at=now + wait) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_work_that_fails_too_often_stays_failed() -> None:
    now = timezone.now()
    failed(MOST_TRIES, now)
    assert retry_failed(at=now + timedelta(days=6)) == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_work_that_failed_too_often_does_not_stand_in_the_way_of_other_work() -> None:
    """A relay that was away leaves hundreds behind; what fails next must still be tried again."""
    now = timezone.now()
    given_up = failed(MOST_TRIES, now)
    rows: list[Any] = []
    for _ in range(520):
        given_up.pk = DBTaskResult._meta.pk.get_default()
        rows.append(
            DBTaskResult(**{f.attname: getattr(given_up, f.attname) for f in DBTaskResult._meta.concrete_fields})
        )
    DBTaskResult.objects.bulk_create(rows)
    for number in range(20):
        failed(1, now, number)
    assert retry_failed(at=now + FIRST_WAIT) == 20


def test_what_went_well_is_forgotten_after_a_week_and_what_failed_is_not() -> None:
    now = timezone.now()
    old = now - KEPT - timedelta(minutes=1)
    row(1, status=TaskResultStatus.SUCCESSFUL, finished_at=old)
    row(2, status=TaskResultStatus.SUCCESSFUL, finished_at=now - timedelta(days=6))
    failed(MOST_TRIES, old)
    row(3)
    assert forget_finished(at=now) == 1
    assert DBTaskResult.objects.count() == 3
    assert forget_finished(at=now) == 0
