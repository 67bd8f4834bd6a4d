"""An offer: a tier for less, or free for a while."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from masthead.access.models import Tier
from masthead.billing.models.price import Period
from masthead.core.ids import new_public_id


class Discount(models.TextChoices):
    """What an offer takes off."""

    PERCENT = "percent", _("percent")
    AMOUNT = "amount", _("amount")
    TRIAL = "trial", _("free days")


class Lasts(models.TextChoices):
    """How long it takes that off."""

    ONCE = "once", _("the first payment")
    REPEATING = "repeating", _("some months")
    FOREVER = "forever", _("every payment")
    TRIAL = "trial", _("the trial")


class Offer(models.Model):
    """A tier for less, by a code that is a part of an address. Without a tier it holds for all of them."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=191)
    code = models.CharField(max_length=191, unique=True)
    tier = models.ForeignKey(Tier, null=True, blank=True, on_delete=models.CASCADE, related_name="offers")
    period = models.CharField(max_length=10, choices=Period.choices, default=Period.MONTH)
    discount = models.CharField(max_length=10, choices=Discount.choices)
    amount = models.PositiveBigIntegerField(help_text="percent, minor units of the currency, or days")
    currency = models.CharField(max_length=3, blank=True)
    lasts = models.CharField(max_length=10, choices=Lasts.choices, default=Lasts.ONCE)
    months = models.PositiveSmallIntegerField(default=0, help_text="of an offer that lasts some months")
    title = models.CharField(max_length=191, blank=True)
    description = models.TextField(blank=True)
    is_for_staying = models.BooleanField(default=False, help_text="offered to those who are about to leave")
    coupon_id = models.CharField(max_length=120, blank=True, help_text="the provider's name for it")
    added_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name
