"""Ids as Ghost has them: its own for what came from there, else ones that are the same in every export."""

import hashlib
import re
import uuid
from collections.abc import Collection
from typing import Any, Final

from masthead.importers.models import Counterpart

GHOST_ID: Final = re.compile(r"[0-9a-f]{24}")
SPACE: Final = uuid.UUID("6c1c2d53-6a1b-5a53-9a8e-0d9d6e3e2f10")  # of the uuids that we make


def made(kind: str, name: object) -> str:
    """Return 24 hexadecimal digits that follow from what the row is."""
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:24]


def made_uuid(kind: str, name: object) -> str:
    """Return a UUID that follows from what the row is."""
    return str(uuid.uuid5(SPACE, f"{kind}:{name}"))


class Ids:
    """The ids of one kind of row: what Ghost called them, where they came from there; read at once, or by the batch."""

    def __init__(self, kind: str, pks: Collection[int] | None = None) -> None:
        self.kind = kind
        rows = Counterpart.objects.filter(source="ghost", kind=kind, object_id__isnull=False)
        rows = rows if pks is None else rows.filter(object_id__in=pks)
        self.known: dict[int, tuple[str, dict[str, Any]]] = {}
        for pk, foreign_id, facts in rows.order_by("-pk").values_list("object_id", "foreign_id", "facts"):
            if pk is not None and GHOST_ID.fullmatch(foreign_id):
                self.known[pk] = (foreign_id, facts)  # of two, the first that was imported

    def of(self, pk: int, name: object) -> str:
        """Return the id of the row with this id here and this public name."""
        return self.known[pk][0] if pk in self.known else made(self.kind, name)

    def facts(self, pk: int) -> dict[str, Any]:
        """Return what Ghost said of the row that has no column here."""
        return self.known[pk][1] if pk in self.known else {}

    def uuid(self, pk: int, name: object) -> str:
        """Return the UUID of the row."""
        return str(self.facts(pk).get("uuid") or made_uuid(self.kind, name))
