"""What everything else stands on."""

from masthead.core.models.event import Event
from masthead.core.models.publication import Publication

__all__ = ["Event", "Publication"]
