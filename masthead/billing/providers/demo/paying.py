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


def pay(page: DemoCheckout, *, at: datetime) -> DemoSubscription:
    """Take the payment: begin the subscription, once however often the button is pressed, and queue its webhook."""
    with transaction.atomic():
        subscription = DemoSubscription(
            reference=page.reference, price=page.price, units=page.units, currency=page.currency, period=page.period,
            started_at=at, period_ends_at=later(at, page.period),
        )  # fmt: skip
        if not DemoCheckout.objects.filter(pk=page.pk, subscription_id="").update(subscription_id=subscription.pk):
            page.refresh_from_db()
            return DemoSubscription.objects.get(pk=page.subscription_id)
        subscription.save(force_insert=True)
        DemoPayment.objects.create(subscription=subscription, units=page.units, currency=page.currency, paid_at=at)
        announce(subscription.pk, "subscription.created")
    return subscription


def renew_due(*, at: datetime) -> int:
    """Renew or end what has come to the end of its period; return how many. Run by the minute clock."""
    due = DemoSubscription.objects.filter(period_ends_at__lte=at).exclude(status="ended")
    return sum(_renew(row, at) for row in due)


def _renew(row: DemoSubscription, at: datetime) -> bool:
    with transaction.atomic():
        unchanged = DemoSubscription.objects.filter(pk=row.pk, period_ends_at=row.period_ends_at)
        if row.cancels_at_period_end:
            moved = unchanged.update(status="ended")
        else:
            moved = unchanged.update(period_ends_at=later(row.period_ends_at, row.period))
            if moved:
                DemoPayment.objects.create(
                    subscription=row, units=row.units, currency=row.currency, paid_at=row.period_ends_at
                )
        if moved:
            announce(row.pk, "subscription.ended" if row.cancels_at_period_end else "subscription.renewed")
    return bool(moved)


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
