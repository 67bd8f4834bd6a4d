"""Who holds which tier."""

from masthead.access.models.entitlement import Entitlement
from masthead.access.models.tier import Tier

__all__ = ["Entitlement", "Tier"]
