"""Kinds of columns that a filter may ask about, and the condition that each makes of a comparison."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet

from masthead.access.rule import NOTHING
from masthead.api.content.filtering.moments import moment
from masthead.api.content.filtering.tokens import FilterError
from masthead.api.content.filtering.tree import Comparison, Value
from masthead.core.shown_ids import public_id_of

LOOKUPS = {
    "=": "exact",
    ">": "gt",
    ">=": "gte",
    "<": "lt",
    "<=": "lte",
    "~": "icontains",
    "~^": "istartswith",
    "~$": "iendswith",
}
ORDERED = frozenset({"=", ">", ">=", "<", "<="})


class Column(Protocol):
    """A public column: what it makes of a comparison, before that is turned round."""

    def condition(self, test: Comparison, at: datetime) -> Q: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words. Where none is kept as an empty text, that is what `null` finds."""

    path: str
    is_nullable: bool = False

    def condition(self, test: Comparison, at: datetime) -> Q:
        return _any(self._one(test, value) for value in test.values)

    def _one(self, test: Comparison, value: Value) -> Q:
        if value is None:
            return Q(**{f"{self.path}__isnull": True} if self.is_nullable else {self.path: ""})
        found = Q(**{f"{self.path}__{LOOKUPS[test.operator]}": _text(value)})
        # Turned round, it is to find the rows without a value too.
        return Q(**{f"{self.path}__isnull": False}) & found if self.is_nullable else found


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    path: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, {"="})
        wanted = {_text(value) in ("true", "1") for value in test.values}
        return _any(Q(**{self.path: value}) for value in sorted(wanted))


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, compared with one that moments.py reads."""

    path: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, ORDERED)
        return _any(self._one(test, value, at) for value in test.values)

    def _one(self, test: Comparison, value: Value, at: datetime) -> Q:
        if value is None:
            return Q(**{f"{self.path}__isnull": True})
        return Q(**{f"{self.path}__{LOOKUPS[test.operator]}": moment(_text(value), at=at)})


@dataclass(frozen=True, slots=True)
class Id:
    """The id that clients see."""

    kind: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, {"="})
        return Q(public_id__in=[public_id_of(self.kind, _text(value)) or "" for value in test.values])


@dataclass(frozen=True, slots=True)
class LastPart:
    """The slug of a post: the last part of its address."""

    path: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, {"="})
        slugs = [slug for value in test.values if (slug := _text(value)) and "/" not in slug]
        return _any(Q(**{f"{self.path}__endswith": f"/{slug}/"}) for slug in slugs)


@dataclass(frozen=True, slots=True)
class Related:
    """Rows that stand beside a post, by a text of theirs: its tags, its authors. `rows` are those that anyone may see."""

    rows: Callable[[], QuerySet[Any]]
    text: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        rows, values = self.rows(), [_text(value) for value in test.values if value is not None]
        if None in test.values and values:
            raise FilterError("null stands in a list.", "Ask for null on its own.", field="filter")
        if not values:
            return ~Q(pk__in=rows.values("post"))
        lookup = LOOKUPS[test.operator]
        return Q(pk__in=rows.filter(_any(Q(**{f"{self.text}__{lookup}": value}) for value in values)).values("post"))


@dataclass(frozen=True, slots=True)
class RelatedId:
    """As Related, by the id that clients see."""

    rows: Callable[[], QuerySet[Any]]
    row: str
    kind: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, {"="})
        ids = [public_id_of(self.kind, _text(value)) or "" for value in test.values]
        return Q(pk__in=self.rows().filter(**{f"{self.row}__public_id__in": ids}).values("post"))


@dataclass(frozen=True, slots=True)
class Presence:
    """A thing that is there or not, such as a picture: it can be asked for with `null` alone."""

    there: Q

    def condition(self, test: Comparison, at: datetime) -> Q:
        _only(test, {"="})
        if set(test.values) != {None}:
            raise FilterError(f"{test.field} can be compared with null only.", field="filter")
        return ~self.there


def _any(conditions: Any) -> Q:
    found = NOTHING
    for condition in conditions:
        found = condition if found == NOTHING else found | condition
    return found


def _text(value: Value) -> str:
    return value if isinstance(value, str) else {None: "null", True: "true", False: "false"}[value]


def _only(test: Comparison, operators: set[str] | frozenset[str]) -> None:
    if test.operator not in operators:
        raise FilterError(f"{test.field} cannot be compared with {test.operator}.", field="filter")


def visible(model: type[Model], condition: Q) -> Callable[[], QuerySet[Any]]:
    """Return a maker of the rows that fit, for Related; no query is made before it is asked."""
    return lambda: model._default_manager.filter(condition)
