"""A newsletter: a list that members take or leave."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from masthead.access.visibility import Visibility
from masthead.core.ids import new_public_id


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def offered(self) -> Self:
        """Newsletters that can be taken now."""
        return self.filter(archived_at=None)


class Newsletter(models.Model):
    """A list with a name and a sender of its own. An archived one is sent no more and keeps who took it."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=191, unique=True)
    name = models.CharField(max_length=191)
    description = models.TextField(blank=True)
    sender_name = models.CharField(max_length=191, blank=True, help_text="empty: the publication's")
    sender_address = models.EmailField(max_length=254, blank=True, help_text="empty: the site's own")
    reply_to = models.CharField(max_length=254, blank=True, help_text="an address; empty: the sender's")
    visibility = models.CharField(max_length=20, default=Visibility.MEMBERS, help_text="who may take it")
    is_taken_on_signing_up = models.BooleanField(default=True)
    design = models.JSONField(default=dict, blank=True, help_text="colours, fonts and what stands where")
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.name
