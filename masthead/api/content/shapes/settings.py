"""The publication's settings as clients see them: what any page of it shows."""

from typing import Any

from django.conf import settings

from masthead.api.content.pictures import addresses_of
from masthead.api.content.shapes.common import link, meta_of, picture_tokens
from masthead.billing.models import Price
from masthead.core.models import Publication

NEVER_ON = ("comments_enabled", "donations_enabled", "recommendations_enabled", "outbound_link_tagging")


def told_settings(publication: Publication) -> dict[str, Any]:
    """Return the settings. Code of the publication is told only where it is sent to readers too."""
    extras, accounts = publication.extras, publication.accounts
    own = (publication.logo, publication.icon, publication.cover)
    pictures = addresses_of([*own, *picture_tokens(extras)])
    meta = meta_of(extras if publication.runs_custom_code else _without_code(extras), pictures)
    is_paid = Price.objects.offered().exists()
    return {
        "title": publication.name,
        "description": publication.description or publication.tagline or None,
        "logo": pictures.get(publication.logo),
        "icon": pictures.get(publication.icon),
        "cover_image": pictures.get(publication.cover),
        "accent_color": publication.accent_colour or None,
        "locale": publication.language,
        "lang": publication.language,
        "timezone": publication.time_zone,
        "facebook": accounts.get("facebook") or None,
        "twitter": accounts.get("twitter") or None,
        "navigation": _links(publication.navigation),
        "secondary_navigation": _links(publication.second_navigation),
        **{name: value for name, value in meta.items() if name != "canonical_url"},
        "members_enabled": True,
        "members_signup_access": "all",
        "members_invite_only": False,
        "members_support_address": publication.contact or None,
        "paid_members_enabled": is_paid,
        **dict.fromkeys(NEVER_ON, False),
        "url": settings.ADDRESS + "/",
        "version": "6.0",
    }


def _without_code(extras: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extras.items() if name not in ("head_code", "foot_code")}


def _links(kept: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out what cannot be a link, as the pages do."""
    return [{"label": item.get("label", ""), "url": url} for item in kept if (url := link(item.get("address")))]
