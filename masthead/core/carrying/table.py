"""A table on its way out: its rows as lines, in the order in which they were made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule

from masthead.core.carrying.columns import Column, FileName, Line, Row, carried


@dataclass(frozen=True)
class Table:
    """A table that is carried: `<name>.jsonl`, one line a row.

    `key` is the field by which other lines name its rows. `left_out` says of each field that is not carried why, and
    `fill` what such a field becomes in the row of a line (by its number).
    """

    name: str
    model: type[models.Model]
    columns: Sequence[Column]
    key: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)
    fill: Callable[[int], Mapping[str, Any]] = lambda number: {}
    chunk: int = 500  # rows held in memory

    def __post_init__(self) -> None:
        for column in self.columns:
            column.model = self.model

    @property
    def rows(self) -> models.QuerySet[Any]:
        return self.model._default_manager.all()

    @property
    def file(self) -> FileName | None:
        """The column that names a file, if there is one."""
        return next((column for column in self.columns if isinstance(column, FileName)), None)

    def lines(self) -> Iterator[Line]:
        """Return every row as a line, a few hundred of them in memory at a time."""
        for chunk in self.chunks():
            for column in self.columns:
                column.load(chunk)
            yield from ({column.name: column.out(row) for column in self.columns} for row in chunk)

    def chunks(self) -> Iterator[list[Row]]:
        """Return the rows by the chunk."""
        related = {name for column in self.columns for name in column.related}
        asked = self.rows.order_by("pk")
        rows = (asked.select_related(*related) if related else asked).iterator(chunk_size=self.chunk)
        while chunk := list(islice(rows, self.chunk)):
            yield chunk


def fields_of(model: type[models.Model]) -> set[str]:
    """Return every field that a model holds itself, those to many rows too."""
    kept = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    parents = [field for parent in model._meta.get_parent_list() for field in parent._meta.local_concrete_fields]
    return {field.name for field in (*kept, *parents)}


def unnamed_fields(table: Table) -> set[str]:
    """Return the fields that a table neither carries nor says why it leaves them out."""
    return fields_of(table.model) - carried(table.columns) - set(table.left_out) - {"id"}


def carried_tables() -> list[Table]:
    """Return what every app carries (`TABLES` in its `exporting.py`), what is named by others first."""
    found: list[Table] = []
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "exporting"):
            found += import_module(f"{app.name}.exporting").TABLES
    return found


def left_out_tables() -> dict[str, str]:
    """Return the models that no app carries (`app.Model`), each with the reason (`LEFT_OUT` in `exporting.py`)."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "exporting"):
            found |= getattr(import_module(f"{app.name}.exporting"), "LEFT_OUT", {})
    return found
