"""Cancelling and paying back what nobody must pay for."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from masthead.billing.models import Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.sync import sync_subscription
from masthead.billing.writing import UNDO_WAIT


@task()
def undo(subscription_id: int) -> None:
    """Cancel a marked subscription at the provider at once, pay its marked payments back, and write what follows.

    Each step may be repeated, so a task that was killed half-way is simply run again. Raises what a sync raises.
    """
    at, shop = timezone.now(), provider()
    row = Subscription.objects.filter(pk=subscription_id).exclude(undo_at=None).first()
    if row is None or shop is None or shop.name != row.provider:
        return
    row = sync_subscription(row.provider_id, at=at)
    if row.state != State.ENDED and not _is_unwanted_still(row, at):
        _keep(row)
        return
    shop.cancel_now(row.provider_id, key=f"undo-{row.public_id}")
    for payment in row.payments.filter(refund_due=True, refunded_at=None):
        shop.refund(payment.provider_id, key=f"refund-{payment.provider_id}")
    sync_subscription(row.provider_id, at=timezone.now())
    Subscription.objects.filter(pk=row.pk).update(undo_at=None)


def _is_unwanted_still(row: Subscription, at: datetime) -> bool:
    """Ask the provider whether the other subscription does run: its end may have been lost on the way to us."""
    if row.member is None or not row.member.is_active:
        return True
    others = Subscription.objects.running().filter(member=row.member, price__tier=row.price.tier_id, undo_at=None)
    for other in others.overdue(at).within_reach():
        sync_subscription(other.provider_id, at=at)
    return others.exists()


def _keep(row: Subscription) -> None:
    with transaction.atomic():
        row.payments.filter(refunded_at=None).update(refund_due=False)
        Subscription.objects.filter(pk=row.pk).update(undo_at=None)


def undo_due(*, at: datetime) -> int:
    """Queue again what is marked and not undone an hour later; return how many. For the minute clock."""
    due = 0
    for row in Subscription.objects.within_reach().filter(undo_at__lte=at):
        with transaction.atomic():
            if Subscription.objects.filter(pk=row.pk, undo_at=row.undo_at).update(undo_at=at + UNDO_WAIT):
                undo.enqueue(row.pk)
                due += 1
    return due
