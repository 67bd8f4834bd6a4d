"""Purge providers: the few lines that tell a proxy or CDN in front what changed, behind one interface."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from masthead.pagestore.providers.base import PurgeError, PurgeProvider
from masthead.pagestore.providers.by_json import JsonPurge
from masthead.pagestore.providers.by_method import MethodPurge

__all__ = ["PurgeError", "PurgeProvider", "provider"]


def provider() -> PurgeProvider | None:
    """Return the provider that masthead.toml names; None if nothing in front is told."""
    name = settings.PURGE_PROVIDER
    if not name:
        return None
    kinds: dict[str, type[MethodPurge] | type[JsonPurge]] = {"http": MethodPurge, "json": JsonPurge}
    if name not in kinds:
        raise ImproperlyConfigured(f"purge.provider is “{name}”; use “http” or “json”, or leave it out.")
    return kinds[name](settings.PURGE_ADDRESS, token=settings.PURGE_TOKEN)
