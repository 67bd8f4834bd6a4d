"""What members and the clock do with subscriptions."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.access.models import Entitlement
from masthead.billing.models import Checkout, Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.providers.base import Provider, ProviderError
from masthead.billing.settling import close
from masthead.billing.sync import Busy, NotOurs, sync_patiently, sync_subscription
from masthead.core import events
from masthead.core.ids import new_token
from masthead.core.models import Event, Publication
from masthead.members.deleting import DeletionRefused
from masthead.members.models import Member

logger = logging.getLogger(__name__)


class OutOfReach(ProviderError):
    """The subscription is at a provider that masthead.toml does not name: nothing was changed there."""


def current_of(member: Member) -> list[Subscription]:
    """Return the member's subscriptions that have not ended, newest first."""
    rows = Subscription.objects.running().filter(member=member).select_related("price__tier")
    return list(rows.order_by("-started_at"))


def cancel(subscription: Subscription, *, at: datetime) -> None:
    """Let the subscription end with its period; what is paid stays open until then.

    Raises ProviderError (OutOfReach: no use trying again) if nothing was changed, and Busy or NotOurs if it was and could not be written yet.
    """
    _change(subscription, "cancel_at_period_end", "subscription.cancelled", at)


def resume(subscription: Subscription, *, at: datetime) -> None:
    """Take the cancellation back; raises as `cancel` does."""
    _change(subscription, "resume", "subscription.resumed", at)


def _change(subscription: Subscription, act: str, event: str, at: datetime) -> None:
    shop = provider()
    if shop is None or shop.name != subscription.provider:
        raise OutOfReach(f"{subscription.provider} is not configured.")
    getattr(shop, act)(subscription.provider_id, key=new_token())
    with transaction.atomic():
        events.write(event, f"subscription:{subscription.pk}", at=at, actor_id=subscription.member_id)
    try:
        sync_patiently(subscription.provider_id, at=at)
    except ProviderError as error:
        raise Busy(subscription.provider_id) from error


def lapse_due(*, at: datetime) -> int:
    """Note, once each, the subscriptions whose access has run out; return how many. For the minute clock."""
    over = Subscription.objects.filter(Q(state=State.ENDED) | Q(paid_until__lte=at), lapsed_at=None)
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
    """Cancel at the provider before a member is deleted, so that nobody deleted is charged (CHECKS.md 68).

    One that goes on at a provider which is not configured cannot be cancelled from here: the deletion is refused.
    """
    charging = _charging_out_of_reach(member)
    if charging:
        raise DeletionRefused(_runs_on(charging[0]))
    try:
        stop_charging(member, at=at)
    except ProviderError as error:
        raise DeletionRefused(
            "Your subscription could not be cancelled right now, so the account was not deleted. Try again shortly."
        ) from error


def _charging_out_of_reach(member: Member) -> list[Subscription]:
    """Return the member's subscriptions that will be charged again and cannot be ended from here."""
    return list(Subscription.objects.running().out_of_reach().filter(member=member, cancels_at_period_end=False))


def _runs_on(subscription: Subscription) -> str:
    """Say that a subscription cannot be ended from here, and who can end it."""
    contact = Publication.current().contact
    return _(
        "Your subscription runs at %(provider)s, and deleting the account here would not stop its payments there, "
        "so the account was not deleted. %(ask)s to cancel it, then delete the account."
    ) % {
        "provider": subscription.provider_name,
        "ask": _("Write to %(contact)s") % {"contact": contact} if contact else _("Ask us"),
    }


def cancel_when_banned(event: Event) -> None:
    """React to `member.banned`: somebody who cannot sign in can neither read nor cancel. Raises ProviderError."""
    member = Member.objects.filter(pk=event.subject.removeprefix("member:")).first()
    if member is not None:
        stop_charging(member, at=timezone.now())
        for row in _charging_out_of_reach(member):
            logger.error("Member %s is banned and %s goes on: cancel it at the provider.", member.pk, row)


def stop_charging(member: Member, *, at: datetime) -> None:
    """Let no payment page of the member be paid any more, and end what runs, at once; raises ProviderError.

    A payment that is under way is not stopped: when it comes, billing/writing.py has it paid back. What runs at a
    provider that is not configured is left alone.
    """
    shop = provider()
    if shop is None:
        return
    for checkout in Checkout.objects.open().filter(member=member, provider=shop.name):
        if checkout.provider_id and not shop.expire_checkout(checkout.provider_id):
            begun = shop.fetch_checkout(checkout.provider_id).subscription_id
            if begun:
                _end(shop, begun, at)
        close(checkout, at=at)
    for subscription in Subscription.objects.running().within_reach().filter(member=member):
        _end(shop, subscription.provider_id, at)


def _end(shop: Provider, provider_id: str, at: datetime) -> None:
    shop.cancel_now(provider_id, key=f"end-{provider_id}")
    try:
        sync_subscription(provider_id, at=at)
    except (ProviderError, Busy, NotOurs) as error:  # it is cancelled, and that is what counts
        logger.warning("The cancelled subscription %s was not synced: %s", provider_id, type(error).__name__)
