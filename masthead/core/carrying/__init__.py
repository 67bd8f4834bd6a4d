"""Rows as lines of text: what a publication is written down in when it is taken out whole, and read from again."""

from masthead.core.carrying.columns import (
    Checked,
    Column,
    Derived,
    FileName,
    Keys,
    Plain,
    plain,
)
from masthead.core.carrying.problems import LineError, OutError
from masthead.core.carrying.references import Many, OwnRef, Ref, RefList
from masthead.core.carrying.table import Table, carried_tables, fields_of

__all__ = [
    "Checked", "Column", "Derived", "FileName", "Keys", "LineError", "Many", "OutError", "OwnRef", "Plain", "Ref", "RefList", "Table", "carried_tables",
    "fields_of", "plain",
]  # fmt: skip
