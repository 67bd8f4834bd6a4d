"""Ids as Ghost has them: its own for what came from there, else ones that are the same in every export."""

import hashlib
import re
from collections.abc import Collection
from typing import Any, Final

from masthead.core.shown_ids import shown_id, shown_uuid
from masthead.importers.models import Counterpart

GHOST_ID: Final = re.compile(r"[0-9a-f]{24}")
SHOWN_AS: Final = {"user": "author"}  # kinds that our APIs name otherwise than Ghost's tables


def made(kind: str, name: object) -> str:
    """Return 24 hexadecimal digits that follow from what a row is that has no public id here."""
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:24]


class Ids:
    """The ids of one kind of row: what Ghost called them, where they came from there; read at once, or by the batch."""

    def __init__(self, kind: str, pks: Collection[int] | None = None) -> None:
        self.shown_as = SHOWN_AS.get(kind, kind)
        rows = Counterpart.objects.filter(source="ghost", kind=kind, object_id__isnull=False)
        rows = rows if pks is None else rows.filter(object_id__in=pks)
        self.known: dict[int, tuple[str, dict[str, Any]]] = {}
        for pk, foreign_id, facts in rows.order_by("-pk").values_list("object_id", "foreign_id", "facts"):
            if pk is not None and GHOST_ID.fullmatch(foreign_id):
                self.known[pk] = (foreign_id, facts)  # of two, the first that was imported

    def of(self, pk: int, public_id: str, *, kind: str = "") -> str:
        """Return the id of a row, the same as our APIs tell; `kind` where it is not that of all the rows, as of a page."""
        return self.known[pk][0] if pk in self.known else shown_id(kind or self.shown_as, public_id)

    def facts(self, pk: int) -> dict[str, Any]:
        """Return what Ghost said of the row that has no column here."""
        return self.known[pk][1] if pk in self.known else {}

    def uuid(self, pk: int, public_id: str) -> str:
        """Return the UUID of the row."""
        return str(self.facts(pk).get("uuid") or shown_uuid(self.shown_as, public_id))
