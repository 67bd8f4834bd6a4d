"""What a provider's webhook told us: a hint to look at one object again."""

from django.db import models


class ReceivedEvent(models.Model):
    """One event of a provider, kept before it is answered; the same event twice is one row."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="received_once")]
        indexes = [models.Index(fields=["done_at", "retry_at"], name="received_unfinished")]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"
