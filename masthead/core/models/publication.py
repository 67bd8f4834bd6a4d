"""The publication's own settings, kept at the desk."""

from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that this machine does not know."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; use a name such as Europe/Lisbon."), params={"name": name}
        )


class Publication(models.Model):
    """What the publication is and how it behaves: one row, edited at the desk."""

    name = models.CharField(max_length=120, default="Masthead")
    tagline = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    time_zone = models.CharField(max_length=60, default="UTC", validators=[validate_time_zone])
    default_visibility = models.CharField(max_length=20, default="public")
    uncut_paragraphs = models.PositiveSmallIntegerField(
        default=0, help_text="how many paragraphs of a gated post without a cut anyone may see"
    )
    navigation = models.JSONField(default=list, blank=True, help_text="list of {label, address}")
    staff_second_factor = models.BooleanField(
        default=True, help_text="whether staff must show a passkey before the desk opens; asked on live sites only"
    )
    second_navigation = models.JSONField(default=list, blank=True, help_text="as navigation, for the foot of the page")
    accounts = models.JSONField(
        default=dict, blank=True, help_text="network -> the publication's name or address there"
    )
    accent_colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb")
    logo = models.CharField(max_length=32, blank=True, help_text="token of a picture")
    icon = models.CharField(max_length=32, blank=True, help_text="token of a picture")
    cover = models.CharField(max_length=32, blank=True, help_text="token of a picture")
    extras = models.JSONField(default=dict, blank=True, help_text="what core/extras.py names, of the front page")
    permalink = models.CharField(max_length=200, default="/{slug}/", help_text="the address that a new post gets")
    free_tier = models.JSONField(
        default=dict, blank=True, help_text="name, description, benefits and welcome_address of free membership"
    )
    runs_custom_code = models.BooleanField(
        default=False, help_text="whether head and foot code kept with posts and the publication is sent to readers"
    )
    is_rehearsal = models.BooleanField(
        default=False, help_text="built beside the system it comes from: no mail leaves it and nobody can pay"
    )
    contact = models.EmailField(blank=True, help_text="where readers and security researchers write to")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """Return the one publication of this database; unsaved defaults if none was set up yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def zone(self) -> ZoneInfo:
        """The publication's time zone; UTC should its name no longer be known."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")
