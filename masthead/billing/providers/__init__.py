"""Payment providers: the few lines that talk to each, behind one interface."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from masthead.billing.providers.base import Provider
from masthead.billing.providers.demo.provider import DemoProvider
from masthead.core.models import Publication


def provider() -> Provider | None:
    """Return the provider that masthead.toml names; None if nothing is sold. The demo provider is refused when live.

    In a rehearsal there is none, so that nobody is charged and nothing is changed at a provider that still serves the
    system that the publication comes from.
    """
    name = settings.BILLING_PROVIDER
    if not name or Publication.current().is_rehearsal:
        return None
    if name != "demo":
        raise ImproperlyConfigured(f"billing.provider is “{name}”; use “demo”, or leave it out.")
    if settings.IS_LIVE:
        raise ImproperlyConfigured(
            "The demo provider takes no money and is refused on a live site; remove billing.provider."
        )
    return DemoProvider()
