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

    def __str__(self) -> str:
        return f"{self.units} {self.currency}"

    @property
    def money(self) -> Money:
        return Money(self.units, self.currency)
