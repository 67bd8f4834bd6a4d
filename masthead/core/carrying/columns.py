"""What a line holds: one column for each thing that a row says, on its way out and in."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from masthead.core.carrying.problems import LineError
from masthead.core.carrying.values import as_json, from_json

Row = Any  # an instance of whatever model
Line = dict[str, Any]
Keys = dict[str, dict[Any, int]]  # table -> what names a row in the lines -> its id here


class Column:
    """One value of a line. What it has to ask the database for, it asks once for many rows, in `load`."""

    related: tuple[str, ...] = ()  # rows to be joined

    def __init__(self, name: str) -> None:
        self.name = name
        self.model: type[models.Model]  # set by its table

    @property
    def fields(self) -> tuple[str, ...]:
        """The model's fields that this column carries."""
        return (self.name,)

    def load(self, rows: Sequence[Row]) -> None:
        """Get ready for these rows on their way out."""

    def out(self, row: Row) -> Any:
        """Return the row's value for the line."""
        raise NotImplementedError

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        """Return what the model is to be made with; raises LineError for a value that cannot be."""
        raise NotImplementedError

    def begin(self) -> None:
        """Forget what an earlier import left here."""

    def connect(self, made: Sequence[tuple[Row, Line]], keys: Keys) -> None:
        """Write what can be written only when the rows are there."""

    def finish(self, keys: Keys) -> None:
        """Write what can be written only when all rows of the table are there."""


class Plain(Column):
    """A field as it is."""

    def out(self, row: Row) -> Any:
        return as_json(getattr(row, self.name))

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        return {self.name: from_json(_field(self.model, self.name), line[self.name])}


def plain(names: str) -> list[Column]:
    """Make a column of each of these fields."""
    return [Plain(name) for name in names.split()]


class Checked(Plain):
    """A JSON field with a check of its own, which returns what is kept and raises ValueError."""

    def __init__(self, name: str, check: Callable[[Any], Any]) -> None:
        super().__init__(name)
        self.check = check

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        value = super().take(line, keys)[self.name]
        try:
            return {self.name: self.check(value)}
        except ValueError as error:
            raise LineError(str(error)) from error


class Derived(Column):
    """Something that is written for those who read the export, and not taken in: it follows from the rest."""

    def __init__(self, name: str, write: Callable[[Row], Any]) -> None:
        super().__init__(name)
        self.write = write

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def out(self, row: Row) -> Any:
        return self.write(row)

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        return {}


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
        if value is None and _field(self.model, self.name).null:
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


class FileName(Column):
    """A file of the storage: `folder`/… in the export, `kept`… in the storage."""

    def __init__(self, name: str, folder: str, kept: str) -> None:
        super().__init__(name)
        self.folder, self.kept = folder, kept

    def out(self, row: Row) -> Any:
        name = getattr(row, self.name).name
        return f"{self.folder}/{name.removeprefix(self.kept)}" if name else ""

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        value = line[self.name]
        if value == "":
            return {self.name: ""}
        if not isinstance(value, str) or not is_safe_name(value) or not value.startswith(f"{self.folder}/"):
            raise LineError(f"must be the name of a file in {self.folder}/")
        kept = self.storage_name(value)
        longest = _field(self.model, self.name).max_length
        if longest and len(kept) > longest:
            raise LineError(f"may have at most {longest} characters")
        return {self.name: kept}

    def storage_name(self, value: str) -> str:
        """Return where the storage keeps the file that a line names."""
        return self.kept + value.removeprefix(f"{self.folder}/")


def is_safe_name(name: str) -> bool:
    """Whether a file's name leads nowhere but into the folder it is looked for in."""
    parts = name.split("/")
    return all(part and part[0] != "." and part.isprintable() for part in parts) and not set(name) & set('\\:*?"<>|')


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


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}.")
    return field


def carried(columns: Iterable[Column]) -> set[str]:
    """Return every field that these columns carry."""
    return {field for column in columns for field in column.fields}
