"""What happens on the demo provider's side when somebody pays, and when a period ends."""

import json
import logging
import urllib.error
import urllib.request
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from masthead.billing.models import DemoCheckout, DemoPayment, DemoSubscription
from masthead.billing.providers.demo import signing
from masthead.billing.providers.demo.clock import later
from masthead.core.ids import new_token

logger = logging.getLogger(__name__)
TRIES = 6
TIMEOUT = 10  # seconds


class PageExpired(Exception):
    """The payment page was replaced by another and takes no payment."""


def pay(page: DemoCheckout, *, at: datetime) -> DemoSubscription:
    """Take the payment: begin the subscription, once however often the button is pressed, and queue its webhook.

    Raises PageExpired.
    """
    with transaction.atomic():
        ends_at = later(at, page.period)
        subscription = DemoSubscription(
            reference=page.reference, price=page.price, units=page.units, currency=page.currency, period=page.period,
            started_at=at, period_ends_at=ends_at, paid_until=ends_at,
        )  # fmt: skip
        unpaid = DemoCheckout.objects.filter(pk=page.pk, subscription_id="", expired_at=None)
        if not unpaid.update(subscription_id=subscription.pk):
            page.refresh_from_db()
            if not page.subscription_id:
                raise PageExpired
            return DemoSubscription.objects.get(pk=page.subscription_id)
        subscription.save(force_insert=True)
        DemoPayment.objects.create(subscription=subscription, units=page.units, currency=page.currency, paid_at=at)
        announce(subscription.pk, "subscription.created")
    return subscription


def pay_later(page: DemoCheckout, *, at: datetime) -> None:
    """Take a payment that is confirmed at the clock's next tick, as a bank debit is after days; raises PageExpired."""
    unpaid = DemoCheckout.objects.filter(pk=page.pk, subscription_id="", pending_at=None)
    if not unpaid.filter(expired_at=None).update(pending_at=at) and unpaid.exists():
        raise PageExpired


def renew_due(*, at: datetime) -> int:
    """Confirm pending payments; renew, fail or end what is at the end of its period; return how many.

    Run by the minute clock.
    """
    for page in DemoCheckout.objects.filter(pending_at__lt=at, subscription_id=""):
        pay(page, at=at)
    running = DemoSubscription.objects.exclude(status="ended")
    owed = running.filter(status="past_due", is_card_good=True)
    return sum(_renew(row, at) for row in running.filter(period_ends_at__lte=at)) + sum(_retry(row, at) for row in owed)


def _renew(row: DemoSubscription, at: datetime) -> bool:
    fields: dict[str, object]
    if row.cancels_at_period_end or row.status == "past_due":
        kind, fields = "ended", {"status": "ended", "ended_at": at}
    else:
        until = later(row.period_ends_at, row.period)
        is_good = row.is_card_good
        kind = "renewed" if is_good else "past_due"
        fields = {"period_ends_at": until} | ({"paid_until": until} if is_good else {"status": "past_due"})
    return _move(row, fields, kind, row.period_ends_at if kind == "renewed" else None)


def _retry(row: DemoSubscription, at: datetime) -> bool:
    return _move(row, {"status": "active", "paid_until": row.period_ends_at}, "renewed", at)


def _move(row: DemoSubscription, fields: dict[str, object], kind: str, paid_at: datetime | None) -> bool:
    """Change the row if nothing moved, cancelled or ended it meanwhile; with its payment and webhook."""
    with transaction.atomic():
        unchanged = DemoSubscription.objects.filter(
            pk=row.pk,
            period_ends_at=row.period_ends_at,
            status=row.status,
            cancels_at_period_end=row.cancels_at_period_end,
        )
        if not unchanged.update(**fields):
            return False
        if paid_at:
            DemoPayment.objects.create(subscription=row, units=row.units, currency=row.currency, paid_at=paid_at)
        announce(row.pk, f"subscription.{kind}")
    return True


def announce(subscription_id: str, kind: str) -> None:
    """Queue a webhook to this site's own address."""
    post_webhook.enqueue(f"ev_{new_token()}", kind, subscription_id)


@task()
def post_webhook(event_id: str, kind: str, subscription_id: str, attempt: int = 1) -> None:
    """POST the signed event to our own webhook; one that is not taken is tried again, later each time."""
    body = json.dumps({"id": event_id, "kind": kind, "subscription": subscription_id}).encode()
    if _posted(body) or attempt >= TRIES:
        return
    wait = timedelta(seconds=5 * 4**attempt)
    post_webhook.using(run_after=timezone.now() + wait).enqueue(event_id, kind, subscription_id, attempt + 1)


def _posted(body: bytes) -> bool:
    signature = signing.sign(body, settings.BILLING_WEBHOOK_SECRET, at=timezone.now())
    request = urllib.request.Request(  # noqa: S310  (our own address, from masthead.toml)
        settings.ADDRESS + reverse("webhook", args=["demo"]),
        data=body,
        headers={"Content-Type": "application/json", signing.HEADER: signature},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError) as error:
        logger.warning("The demo provider's webhook was not taken: %s", error)
        return False
