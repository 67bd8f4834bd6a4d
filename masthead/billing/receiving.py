"""Keeping a provider's events, and working them off."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from masthead.billing.models import ReceivedEvent
from masthead.billing.providers.base import Hint
from masthead.billing.sync import NotOurs, sync_subscription

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=6)
STALLED_AFTER = timedelta(minutes=5)


def receive(provider: str, hint: Hint, *, at: datetime) -> bool:
    """Keep the event and its task together; False for one that is kept already (CHECKS.md 52)."""
    with transaction.atomic():
        event, is_new = ReceivedEvent.objects.get_or_create(
            provider=provider,
            event_id=hint.event_id,
            defaults={"kind": hint.kind, "object_id": hint.object_id, "received_at": at},
        )
        if is_new:
            work_off.enqueue(event.pk)
    return is_new


@task()
def work_off(event_id: int) -> None:
    """Do what an event asks for; a failure is kept on its row, with the time of the next try, and stops no other event."""
    at = timezone.now()
    event = ReceivedEvent.objects.filter(pk=event_id, done_at=None).first()
    if event is None:
        return
    try:
        if event.kind.startswith("subscription."):
            sync_subscription(event.object_id, at=at)
    except NotOurs as error:
        logger.error("Event %s gives nothing: %s", event.event_id, error)
        _note(event, error=str(error), done_at=at)
    except Exception as error:  # a poisoned event must not stop the others; it is tried again
        is_last = event.attempts + 1 >= MOST_ATTEMPTS
        said = "Event %s failed and is not tried again: %s" if is_last else "Event %s failed: %s"
        logger.log(logging.ERROR if is_last else logging.WARNING, said, event.event_id, type(error).__name__)
        _note(event, error=f"{type(error).__name__}: {error}", retry_at=at + _wait(event.attempts))
    else:
        _note(event, error="", done_at=at)


def _note(
    event: ReceivedEvent, *, error: str, done_at: datetime | None = None, retry_at: datetime | None = None
) -> None:
    ReceivedEvent.objects.filter(pk=event.pk).update(
        error=error[:300], done_at=done_at, retry_at=retry_at, attempts=F("attempts") + 1
    )


def _wait(attempts: int) -> timedelta:
    wait: timedelta = FIRST_WAIT * 3**attempts
    return min(wait, LONGEST_WAIT)


def retry_unfinished(*, at: datetime) -> int:
    """Queue again what failed and is due, or was kept without being worked off; return how many. For the minute clock."""
    unfinished = ReceivedEvent.objects.filter(done_at=None)
    stalled = unfinished.filter(attempts=0, retry_at=None, received_at__lt=at - STALLED_AFTER)
    failed = unfinished.filter(attempts__lt=MOST_ATTEMPTS, retry_at__lte=at)
    queued = 0
    for event in stalled | failed:
        with transaction.atomic():
            if unfinished.filter(pk=event.pk, retry_at=event.retry_at).update(retry_at=at + LONGEST_WAIT):
                work_off.enqueue(event.pk)
                queued += 1
    return queued
