"""An entitlement: member holds tier, from, until, why."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masthead.access.models.tier import Tier
from masthead.members.models import Member


class Why(models.TextChoices):
    """Why a member holds a tier."""

    SUBSCRIPTION = "subscription", _("Subscription")
    COMPLIMENTARY = "complimentary", _("Complimentary")
    GIFT = "gift", _("Gift")
    IMPORTED = "imported", _("Imported")


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def current(self, at: datetime) -> Self:
        """Entitlements that hold at this moment: begun, and not ended."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


class Entitlement(models.Model):
    """A member holds a tier from a moment until another (none: until further notice).

    `source` names what gave it, as kind:id, and is unique, so that giving it again changes one row.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="entitlements")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="entitlements")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=20, choices=Why.choices)
    source = models.CharField(max_length=120, unique=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "ends_at"], name="entitlement_member")]

    def __str__(self) -> str:
        return f"{self.source}: {self.tier_id} until {self.ends_at or 'further notice'}"
