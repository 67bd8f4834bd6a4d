"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from masthead.content.document.escaping import is_safe_address
from masthead.content.models import Tag
from masthead.core.models import Publication
from masthead.site.look import look_of


def publication(request: HttpRequest) -> dict[str, Any]:
    """Give templates the publication, its sections and navigation, and who is reading."""
    current = getattr(request, "publication", None)
    return {
        "publication": current,
        "navigation": _links(current.navigation) if current else [],
        "second_navigation": _links(current.second_navigation) if current else [],
        "look": SimpleLazyObject(lambda: look_of(current or Publication())),
        "sections": SimpleLazyObject(lambda: list(Tag.objects.sections())),
        "reader": getattr(request, "reader", None),
        "is_demo": settings.MODE == "demo",
        "site_address": settings.ADDRESS,
    }


def _links(kept: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out what cannot be a link, whoever wrote it."""
    return [item for item in kept if is_safe_address(item.get("address", ""))]
