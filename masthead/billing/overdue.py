"""Looking up subscriptions whose time is over by our books, in case a webhook was lost."""

import logging
from datetime import datetime, timedelta

from django.db.models import F

from masthead.billing.models import Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.sync import sync_subscription

logger = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST = 100  # in one tick


def sync_overdue(*, at: datetime) -> int:
    """Sync running subscriptions whose paid period is over, each after a longer wait; return how many. For the minute clock.

    One that fails is logged and stops no other. One at a provider that is not configured is never looked up; all that is
    known of it without asking is that a cancelled one ends with its period.
    """
    _end_out_of_reach(at)
    if provider() is None:
        return 0
    due = Subscription.objects.overdue(at).within_reach().exclude(look_at__gt=at).order_by("look_at", "pk")
    return sum(_look(row, at) for row in due[:MOST])


def _end_out_of_reach(at: datetime) -> None:
    over = Subscription.objects.overdue(at).out_of_reach().filter(cancels_at_period_end=True)
    over.update(state=State.ENDED, ended_at=F("paid_until"))


def _look(row: Subscription, at: datetime) -> bool:
    wait = min(FIRST_WAIT * 3 ** min(row.looks, 10), LONGEST_WAIT)
    ours = Subscription.objects.filter(pk=row.pk, look_at=row.look_at)
    if not ours.update(looks=min(row.looks + 1, 1000), look_at=at + wait):
        return False  # another clock was faster
    try:
        sync_subscription(row.provider_id, at=at)
    except Exception as error:  # the others must still be looked up
        logger.warning("The overdue subscription %s was not synced: %s", row, type(error).__name__)
        return False
    return True
