"""The purge log."""

from masthead.pagestore.models.purge import Purge

__all__ = ["Purge"]
