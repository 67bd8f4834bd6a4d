"""What imports remember, so that they can be repeated."""

from masthead.importers.models.counterpart import Counterpart
from masthead.importers.models.imported import Imported

__all__ = ["Counterpart", "Imported"]
