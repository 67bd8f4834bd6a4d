"""A subscription as the provider last told it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.billing.models.price import Price
from masthead.core.ids import new_public_id
from masthead.members.models import Member


class State(models.TextChoices):
    """Where a subscription stands."""

    ACTIVE = "active", _("Active")
    PAST_DUE = "past_due", _("Payment failed")
    ENDED = "ended", _("Ended")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def running(self) -> Self:
        """Those that have not ended."""
        return self.exclude(state=State.ENDED)


class Subscription(models.Model):
    """A member pays a price at a provider. Only billing/sync.py writes it, from the provider's own object."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="subscriptions")
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="subscriptions")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=State.choices)
    started_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    cancels_at_period_end = models.BooleanField(default=False)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True, help_text="a sync of this row is at work until then")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.provider_id}"

    @property
    def source(self) -> str:
        """The name under which its entitlement is kept."""
        return f"subscription:{self.provider}:{self.provider_id}"
