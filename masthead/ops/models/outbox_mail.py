"""A mail of the demo, kept instead of sent."""

from django.db import models


class OutboxMail(models.Model):
    """One mail as it would have gone out, for the demo's outbox page."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    raw = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.subject
