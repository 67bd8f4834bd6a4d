"""Who a post is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read a post to the end. What is not in this list is closed to everyone but staff."""

    PUBLIC = "public", _("Anyone")
    MEMBERS = "members", _("Members")
    PAID = "paid", _("Paying members")
    TIERS = "tiers", _("Certain tiers")


class Audience(models.TextChoices):
    """Who a part of a post is for: each Reader is exactly one of these."""

    ANYONE = "anyone", _("Those who are not signed in")
    FREE = "free", _("Members who do not pay")
    PAID = "paid", _("Paying members")
