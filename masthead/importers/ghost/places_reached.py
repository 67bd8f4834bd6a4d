"""Where a pass through the running site is, so that one that was stopped goes on there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.counterparts import find, remember
from masthead.importers.models import Counterpart

KIND = "reached"
GOES_ON_WITHIN = timedelta(days=1)  # after that the pages read before may have changed: it begins anew


@dataclass
class Place:
    """Where one pass is; `next` is the page to ask for first."""

    name: str
    at: datetime
    next: int = 1

    def note(self, number: int) -> None:
        """Remember that everything up to this page is in."""
        remember(KIND, self.name, at=self.at, facts={"page": number})


@contextmanager
def reached(name: str, at: datetime) -> Iterator[Place]:
    """Give the place where a pass begins, or where a former one stopped within a day; it is forgotten at the end."""
    known = find(KIND, name)
    goes_on = known is not None and at - known.imported_at < GOES_ON_WITHIN
    yield Place(name, at, known.facts.get("page", 0) + 1 if known and goes_on else 1)
    Counterpart.objects.filter(source=SOURCE, kind=KIND, foreign_id=name).delete()
