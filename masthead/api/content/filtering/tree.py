"""A filter as a small tree."""

from dataclasses import dataclass

Value = str | bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: a field, an operator (= > >= < <= ~ ~^ ~$), whether it is turned round, and its values."""

    field: str
    operator: str
    is_not: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Both:
    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    parts: "tuple[Tree, ...]"


Tree = Comparison | Both | Either
