"""Who a post is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read a post to the end. What is not in this list is closed to everyone but staff."""

    PUBLIC = "public", _("Anyone")
    MEMBERS = "members", _("Members")
    PAID = "paid", _("Paying members")
    TIERS = "tiers", _("Certain tiers")
