"""A subscription as the provider last told it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.billing.models.price import Price
from masthead.core.ids import new_public_id
from masthead.members.models import Member

GRACE = timedelta(days=3)  # access goes on this long after a paid period whose renewal was not paid yet
# The same where nobody here can ask the provider: Stripe tries a card again for up to four weeks.
UNSEEN_GRACE = timedelta(days=35)
PROVIDERS = {"stripe": "Stripe"}  # as people know them


class State(models.TextChoices):
    """Where a subscription stands."""

    ACTIVE = "active", _("Active")
    PAST_DUE = "past_due", _("Payment failed")
    ENDED = "ended", _("Ended")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def running(self) -> Self:
        """Those that have not ended."""
        return self.exclude(state=State.ENDED)

    def within_reach(self) -> Self:
        """Those at the provider that masthead.toml names: only they can be asked after, changed and ended from here."""
        return self.filter(provider=settings.BILLING_PROVIDER)

    def out_of_reach(self) -> Self:
        """Those at a provider that is not configured, as after an import."""
        return self.exclude(provider=settings.BILLING_PROVIDER)

    def overdue(self, at: datetime) -> Self:
        """Those that run by our books though what was paid is over: the provider may know more."""
        return self.running().filter(paid_until__lte=at)


class Subscription(models.Model):
    """A member pays a price at a provider. Only billing/writing.py writes it, from the provider's own object, and billing/taking_over.py."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="subscriptions")
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="subscriptions")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=State.choices)
    started_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    paid_until = models.DateTimeField(help_text="end of the last period that was paid")
    ended_at = models.DateTimeField(null=True, blank=True)
    cancels_at_period_end = models.BooleanField(default=False)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    undo_at = models.DateTimeField(
        null=True, blank=True, help_text="it is to be cancelled and paid back; then it is tried again"
    )
    looks = models.PositiveSmallIntegerField(default=0, help_text="how often it was looked up since it is overdue")
    look_at = models.DateTimeField(null=True, blank=True, help_text="when an overdue one is looked up again")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="subscription_once")]
        indexes = [models.Index(fields=["paid_until"], name="subscription_paid_until")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.provider_id}"

    @property
    def source(self) -> str:
        """The name under which its entitlement is kept."""
        return f"subscription:{self.provider}:{self.provider_id}"

    @property
    def is_within_reach(self) -> bool:
        """Whether it is at the provider that masthead.toml names."""
        return self.provider == settings.BILLING_PROVIDER

    @property
    def provider_name(self) -> str:
        """What people call the provider."""
        return PROVIDERS.get(self.provider, self.provider)

    @property
    def open_until(self) -> datetime:
        """Until when what is paid opens: to the end of the paid period, and through the grace if it is to renew.

        The grace is longer while the provider cannot be asked: nobody who goes on paying there is shut out here.
        """
        if self.state == State.ENDED:
            return min(self.paid_until, self.ended_at or self.paid_until)
        if self.cancels_at_period_end:
            return self.paid_until
        return self.paid_until + (GRACE if self.is_within_reach else UNSEEN_GRACE)
