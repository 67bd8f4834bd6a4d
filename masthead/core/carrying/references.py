"""Columns that name other rows, by what names a row whatever database it is in."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from masthead.core.carrying.columns import Column, Keys, Line, Row, field_of
from masthead.core.carrying.problems import LineError


class Ref(Column):
    """Another row, by what names it in its own table."""

    def __init__(self, name: str, table: str, key: str) -> None:
        super().__init__(name)
        self.table, self.key, self.related = table, key, (name,)

    def out(self, row: Row) -> Any:
        other = getattr(row, self.name)
        return None if other is None else getattr(other, self.key)

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        value = line[self.name]
        if value is None and field_of(self.model, self.name).null:
            return {f"{self.name}_id": None}
        return {f"{self.name}_id": id_of(keys, self.table, value)}


class OwnRef(Ref):
    """Another row of the same table, which may stand further down."""

    def __init__(self, name: str, table: str, key: str) -> None:
        super().__init__(name, table, key)
        self.waiting: list[tuple[int, Any]] = []

    def begin(self) -> None:
        self.waiting = []

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        return {}

    def connect(self, made: Sequence[tuple[Row, Line]], keys: Keys) -> None:
        self.waiting += [(row.pk, line[self.name]) for row, line in made if line[self.name] is not None]

    def finish(self, keys: Keys) -> None:
        for pk, value in self.waiting:
            found = id_of(keys, self.table, value)
            self.model._default_manager.filter(pk=pk).update(**{f"{self.name}_id": found})


class RefList(Column):
    """A list of ids in a JSON field, by what names those rows; an id whose row is gone is left out, as nothing shows it."""

    def __init__(self, name: str, field: str, table: str, model: type[models.Model], key: str) -> None:
        super().__init__(name)
        self.field, self.table, self.other, self.key = field, table, model, key
        self.names: dict[int, Any] = {}

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def load(self, rows: Sequence[Row]) -> None:
        asked = {pk for row in rows for pk in getattr(row, self.field)}
        found = self.other._default_manager.filter(pk__in=asked) if asked else self.other._default_manager.none()
        self.names = dict(found.values_list("pk", self.key))

    def out(self, row: Row) -> Any:
        return [self.names[pk] for pk in getattr(row, self.field) if pk in self.names]

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        return {self.field: [id_of(keys, self.table, value) for value in listed(line[self.name])]}


class Many(Column):
    """Rows that belong to this one through a table between them, in their order there."""

    def __init__(self, name: str, column: str, table: str, key: str, order: str = "pk") -> None:
        """Take the column of the table between that names the other row, and the one that orders it."""
        super().__init__(name)
        self.column, self.table, self.key, self.order = column, table, key, order
        self.names: dict[int, list[Any]] = {}

    def load(self, rows: Sequence[Row]) -> None:
        self.names = {}
        asked = self._between().filter(**{f"{self._own}__in": [row.pk for row in rows]}).order_by(self.order, "pk")
        for pk, name in asked.values_list(self._own, f"{self.column}__{self.key}"):
            self.names.setdefault(pk, []).append(name)

    def out(self, row: Row) -> Any:
        return self.names.get(row.pk, [])

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        names = listed(line[self.name])
        if len({id_of(keys, self.table, value) for value in names}) < len(names):
            raise LineError("names the same one twice")
        return {}

    def connect(self, made: Sequence[tuple[Row, Line]], keys: Keys) -> None:
        self._between().bulk_create(
            self._between().model(
                **{f"{self._own}_id": row.pk, f"{self.column}_id": id_of(keys, self.table, value)},
                **({"position": place} if self.order == "position" else {}),
            )
            for row, line in made
            for place, value in enumerate(line[self.name])
        )

    @property
    def _own(self) -> str:
        return self.model._meta.model_name or ""

    def _between(self) -> models.Manager[Any]:
        field = self.model._meta.get_field(self.name)
        through: type[models.Model] = field.remote_field.through  # type: ignore[union-attr]
        return through._default_manager


def listed(value: Any) -> list[Any]:
    """Return a list as it is; raises LineError for anything else."""
    if not isinstance(value, list):
        raise LineError("must be a list")
    return value


def id_of(keys: Keys, table: str, value: Any) -> int:
    """Return the id of the row that a line names; raises LineError if there is none."""
    found = keys[table].get(value) if isinstance(value, str | int) else None
    if found is None:
        raise LineError(f"names {value!r}, which is not in {table}.jsonl")
    return found
