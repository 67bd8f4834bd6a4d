"""What members and the clock do with subscriptions."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from masthead.access.models import Entitlement
from masthead.billing.models import Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.providers.base import ProviderError
from masthead.billing.sync import Busy, sync_subscription
from masthead.core import events
from masthead.core.ids import new_token
from masthead.members.deleting import DeletionRefused
from masthead.members.models import Member


def current_of(member: Member) -> list[Subscription]:
    """Return the member's subscriptions that have not ended, newest first."""
    rows = Subscription.objects.running().filter(member=member).select_related("price__tier")
    return list(rows.order_by("-started_at"))


def cancel(subscription: Subscription, *, at: datetime) -> Subscription:
    """Let the subscription end with its period; what is paid stays open until then. Raises ProviderError."""
    return _change(subscription, "cancel_at_period_end", "subscription.cancelled", at)


def resume(subscription: Subscription, *, at: datetime) -> Subscription:
    """Take the cancellation back. Raises ProviderError."""
    return _change(subscription, "resume", "subscription.resumed", at)


def _change(subscription: Subscription, act: str, event: str, at: datetime) -> Subscription:
    shop = provider()
    if shop is None:
        raise ProviderError("No payment provider is configured.")
    getattr(shop, act)(subscription.provider_id, key=new_token())
    synced = sync_subscription(subscription.provider_id, at=at)
    with transaction.atomic():
        events.write(event, f"subscription:{subscription.pk}", at=at, actor_id=subscription.member_id)
    return synced


def lapse_due(*, at: datetime) -> int:
    """Note, once each, the subscriptions whose access has run out; return how many. For the minute clock."""
    over = Subscription.objects.filter(Q(state=State.ENDED) | Q(period_ends_at__lte=at), lapsed_at=None)
    lapsed = 0
    for row in over:
        if Entitlement.objects.current(at).filter(source=row.source).exists():
            continue
        with transaction.atomic():
            if Subscription.objects.filter(pk=row.pk, lapsed_at=None).update(lapsed_at=at):
                events.write("subscription.lapsed", f"subscription:{row.pk}", at=at)
                lapsed += 1
    return lapsed


def cancel_all_of(member: Member, at: datetime) -> None:
    """Cancel at the provider before a member is deleted, so that nobody deleted is charged (CHECKS.md 68)."""
    for subscription in current_of(member):
        try:
            shop = provider()
            if shop is not None:
                shop.cancel_now(subscription.provider_id, key=new_token())
                sync_subscription(subscription.provider_id, at=at)
        except (ProviderError, Busy) as error:
            raise DeletionRefused(
                "Your subscription could not be cancelled right now, so the account was not deleted. Try again shortly."
            ) from error
