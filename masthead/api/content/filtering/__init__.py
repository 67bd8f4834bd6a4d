"""NQL, the language of Ghost's filters, over an allow-list of public columns."""

from masthead.api.content.filtering.columns import Column
from masthead.api.content.filtering.translation import filtered

__all__ = ["Column", "filtered"]
