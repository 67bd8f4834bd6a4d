"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from masthead.content.models import Tag


def publication(request: HttpRequest) -> dict[str, Any]:
    """Give templates the publication, its sections and navigation, and who is reading."""
    current = getattr(request, "publication", None)
    return {
        "publication": current,
        "navigation": current.navigation if current else [],
        "sections": SimpleLazyObject(lambda: list(Tag.objects.sections())),
        "reader": getattr(request, "reader", None),
        "is_demo": settings.MODE == "demo",
        "site_address": settings.ADDRESS,
    }
