"""The minute clock: what time itself brings about."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from masthead.billing.overdue import sync_overdue
from masthead.billing.providers.demo.paying import renew_due
from masthead.billing.receiving import retry_unfinished
from masthead.billing.subscriptions import lapse_due
from masthead.billing.undoing import undo_due
from masthead.content.publishing import publish_due
from masthead.members.forgetting import forget_old
from masthead.ops.queue import forget_finished, retry_failed, return_stalled
from masthead.pagestore import log

logger = logging.getLogger(__name__)
TICK = 20  # seconds; a scheduled post is out within a minute (CHECKS.md 18)

CHORES: list[Callable[..., object]] = [
    publish_due,
    sync_overdue,
    undo_due,
    lapse_due,
    retry_unfinished,
    return_stalled,
    retry_failed,
    forget_finished,
    forget_old,
    log.forget,
]


def tick(at: datetime) -> None:
    """Do every chore that is due; one that fails is logged and stops no other."""
    chores = [*CHORES, renew_due] if settings.BILLING_PROVIDER == "demo" else CHORES
    for chore in chores:
        try:
            chore(at=at)
        except Exception:  # the other chores must still be done; the next tick tries again
            logger.exception("The chore %s failed", chore.__name__)


def start() -> threading.Thread:
    """Run the clock in a thread of its own until the process ends."""

    def run() -> None:
        pause = threading.Event()
        while not pause.wait(TICK):
            try:
                close_old_connections()
                tick(timezone.now())
            except Exception:  # the clock must not stop; the next tick tries again
                logger.exception("A tick of the clock failed")

    thread = threading.Thread(target=run, name="clock", daemon=True)
    thread.start()
    return thread
