"""Whose turn it is to sync a subscription."""

from django.db import models


class Turn(models.Model):
    """One row per subscription at a provider, there before the subscription is known. See billing/turns.py."""

    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)
    token = models.CharField(max_length=32, blank=True, help_text="of the sync that is at work; empty between syncs")
    until = models.DateTimeField(null=True, blank=True, help_text="after it, another sync may take the turn")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.provider_id}"
