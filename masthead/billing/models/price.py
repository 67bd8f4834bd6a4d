"""A price of a tier."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.access.models import Tier
from masthead.core.ids import new_public_id
from masthead.core.money import Money


class Period(models.TextChoices):
    """How long one payment reaches."""

    MONTH = "month", _("month")
    YEAR = "year", _("year")


class PriceQuerySet(models.QuerySet["Price"]):
    def offered(self) -> Self:
        """Prices that can be bought now: neither they nor their tier are archived."""
        return self.filter(archived_at=None, tier__archived_at=None)


class Price(models.Model):
    """What a tier costs for a period, in whole minor units. An archived price keeps its subscribers."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="prices")
    period = models.CharField(max_length=10, choices=Period.choices)
    units = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["tier__position", "units", "id"]

    def __str__(self) -> str:
        return f"{self.tier_id}: {self.units} {self.currency} a {self.period}"

    @property
    def money(self) -> Money:
        return Money(self.units, self.currency)
