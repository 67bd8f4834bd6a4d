"""A payment that the provider took."""

from django.db import models

from masthead.billing.models.subscription import Subscription
from masthead.core.money import Money


class Payment(models.Model):
    """Money that came in; unique by the provider's own id, so that it is counted once."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="payments")
    provider_id = models.CharField(max_length=120, unique=True)
    units = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_at = models.DateTimeField()
    refund_due = models.BooleanField(default=False, help_text="nothing is given for it, so it is to be paid back")
    refunded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.units} {self.currency}"

    @property
    def money(self) -> Money:
        return Money(self.units, self.currency)
