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
        return {self.name: from_json(field_of(self.model, self.name), line[self.name])}


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
        longest = field_of(self.model, self.name).max_length
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


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """Return a model's column."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}.")
    return field


def carried(columns: Iterable[Column]) -> set[str]:
    """Return every field that these columns carry."""
    return {field for column in columns for field in column.fields}
