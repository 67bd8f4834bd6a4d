"""A suppression: an address that must not be mailed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an address is not mailed any more."""

    BOUNCE = "bounce", _("It does not exist or takes no mail")
    COMPLAINT = "complaint", _("Its owner called our mail spam")
    STAFF = "staff", _("Staff switched it off")


class Suppression(models.Model):
    """No newsletter goes to this address, whoever holds it; mail for signing in still does.

    It outlives the member, so that a new member or an import with the same address is not mailed either.
    """

    email = models.EmailField(max_length=254, unique=True, help_text="as members/models/member.py spells addresses")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    source = models.CharField(max_length=120, blank=True, help_text="what told us, as kind:id")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"suppression {self.pk}"
