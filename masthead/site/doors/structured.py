"""Structured data of a post (schema.org NewsArticle)."""

from datetime import datetime
from typing import Any

from django.conf import settings

from masthead.content.pictures import pictures_of
from masthead.content.reading import Reading
from masthead.core.models import Publication
from masthead.site.telling import canonical_of


def structured_data(reading: Reading, publication: Publication, *, at: datetime) -> dict[str, Any]:
    """Describe a post for search engines, from what this Reading holds and nothing else.

    A gated post says so as Google asks of text that is cut on the server: isAccessibleForFree false, and a part
    named by its class ("Subscription and paywalled content", developers.google.com/search/docs).
    """
    address = settings.ADDRESS + reading.path
    publisher = {"@type": "NewsMediaOrganization", "name": publication.name, "url": settings.ADDRESS + "/"}
    if (logo := pictures_of({publication.logo} - {""}).get(publication.logo)) and (files := logo.of("jpeg")):
        publisher["logo"] = settings.ADDRESS + files[-1].address
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": reading.title,
        "description": reading.extras.get("meta_description") or reading.excerpt,
        "mainEntityOfPage": canonical_of(reading.extras, reading.path),
        "url": address,
        "datePublished": _moment(reading.published_at),
        "dateModified": _moment(reading.updated_at),
        "author": [{"@type": "Person", "name": a.name, "url": settings.ADDRESS + a.path} for a in reading.authors],
        "publisher": publisher,
        "inLanguage": reading.language or publication.language,
        "isAccessibleForFree": not reading.is_gated,
    }
    if reading.lead and (files := reading.lead.picture.of("jpeg")):
        told["image"] = [settings.ADDRESS + file.address for file in files]
    if reading.primary_tag:
        told["articleSection"] = reading.primary_tag.name
    if reading.is_gated:
        told["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".gated"}
    return {name: value for name, value in told.items() if value not in (None, [], "")}


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
