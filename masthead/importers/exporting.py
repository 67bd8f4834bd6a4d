"""What goes out of importers: what earlier imports made of what, so that they can be repeated elsewhere."""

from collections.abc import Sequence
from typing import Any

from masthead.core.carrying import Column, Keys, Ref, Table, carried_tables, plain
from masthead.core.carrying.columns import Line, Row
from masthead.core.carrying.references import id_of
from masthead.importers.models import Counterpart, Imported

# The table that the ids of a kind are of, where it has another name.
TABLE_OF = {
    "attachment": "attachments", "author": "authors", "comment": "members", "file": "attachments", "image": "media", "label": "labels", "member": "members", "newsletter": "newsletters",
    "offer": "offers", "page": "posts", "picture": "media", "post": "posts", "price": "prices", "redirect": "redirects", "snippet": "snippets", "staff": "members",
    "subscription": "subscriptions", "tag": "tags", "tier": "tiers", "user": "authors",
}  # fmt: skip


class Ours(Column):
    """Our row that was made of a foreign one, as its kind names rows; null where there is none any more."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.names: dict[tuple[str, int], Any] = {}

    @property
    def fields(self) -> tuple[str, ...]:
        return ("object_id",)

    def load(self, rows: Sequence[Row]) -> None:
        self.names = {}
        for table in carried_tables():
            kinds = {row.kind for row in rows if table_of(row.kind) == table.name}
            for kind in kinds if table.key else ():
                asked = [row.object_id for row in rows if row.kind == kind and row.object_id is not None]
                found = table.rows.filter(pk__in=asked).values_list("pk", table.key)
                self.names |= {(kind, pk): name for pk, name in found}

    def out(self, row: Row) -> Any:
        return self.names.get((row.kind, row.object_id))

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        name = line[self.name]
        if name is None:
            return {"object_id": None}
        return {"object_id": id_of(keys, table_of(line["kind"]), name)}


def table_of(kind: str) -> str:
    """Return the table that a kind of foreign row becomes rows of."""
    return TABLE_OF.get(kind, kind)


TABLES = [
    Table(
        "counterparts",
        Counterpart,
        [*plain("source kind foreign_id"), Ours("object"), *plain("fingerprint facts imported_at")],
    ),
    Table(
        "imported",
        Imported,
        [
            *plain("source kind folder foreign_id"),
            Ref("post", "posts", "public_id"),
            *plain("fingerprint pictures draft_version revision_number imported_at"),
        ],
    ),
]
