"""A row that says what happened."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """Something that happened, written in the transaction of the change itself and never changed.

    `facts` holds ids and plain words about the act, never a post's text and no secret.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, help_text="what it happened to, as kind:id")
    actor_id = models.BigIntegerField(null=True, blank=True, help_text="the member who did it, if a person did")
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes = [
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["kind", "id"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
