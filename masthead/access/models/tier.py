"""A tier: a level of access that is paid for, given or bought for another."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from masthead.core.ids import new_public_id


class TierQuerySet(models.QuerySet["Tier"]):
    def offered(self) -> Self:
        """Tiers that can be subscribed to now."""
        return self.filter(archived_at=None)


class Tier(models.Model):
    """A level of access. An archived tier is no longer sold and keeps its holders."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    benefits = models.JSONField(default=list, blank=True, help_text="short lines, shown as a list")
    position = models.PositiveSmallIntegerField(default=0)
    is_listed = models.BooleanField(
        default=True, help_text="whether readers are offered it; else only who knows its address"
    )
    welcome_address = models.CharField(max_length=2000, blank=True, help_text="where a new subscriber is sent")
    trial_days = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TierQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.name
