"""Newsletters, who takes them, and who must never be mailed."""

from masthead.newsletters.models.choice import Choice
from masthead.newsletters.models.newsletter import Newsletter
from masthead.newsletters.models.old_link import OldLink
from masthead.newsletters.models.suppression import Suppression

__all__ = ["Choice", "Newsletter", "OldLink", "Suppression"]
