"""What the demo provider keeps on its own side. Masthead itself never reads these tables, only the provider does."""

from django.db import models

from masthead.core.ids import new_token


def checkout_id() -> str:
    return f"co_{new_token()}"


def subscription_id() -> str:
    return f"su_{new_token()}"


def payment_id() -> str:
    return f"pa_{new_token()}"


class DemoCheckout(models.Model):
    """A payment page of the stand-in."""

    id = models.CharField(primary_key=True, max_length=40, default=checkout_id, editable=False)
    reference = models.CharField(max_length=40, unique=True, help_text="our checkout's public id")
    price = models.CharField(max_length=24)
    units = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=10)
    description = models.CharField(max_length=200)
    success_url = models.CharField(max_length=800)
    cancel_url = models.CharField(max_length=800)
    subscription_id = models.CharField(max_length=40, blank=True)
    pending_at = models.DateTimeField(null=True, blank=True, help_text="paid in a way that is confirmed later")
    expired_at = models.DateTimeField(null=True, blank=True, help_text="it cannot be paid any more")

    def __str__(self) -> str:
        return self.id


class DemoSubscription(models.Model):
    """A subscription as the stand-in holds it."""

    id = models.CharField(primary_key=True, max_length=40, default=subscription_id, editable=False)
    reference = models.CharField(max_length=40)
    price = models.CharField(max_length=24)
    units = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=10)
    status = models.CharField(max_length=20, default="active")
    started_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    paid_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_card_good = models.BooleanField(default=True, help_text="false: renewals fail, as with an expired card")
    cancels_at_period_end = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.id


class DemoPayment(models.Model):
    """A payment as the stand-in holds it; no money moves."""

    id = models.CharField(primary_key=True, max_length=40, default=payment_id, editable=False)
    subscription = models.ForeignKey(DemoSubscription, on_delete=models.CASCADE, related_name="payments")
    units = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    paid_at = models.DateTimeField()
    refunded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id
