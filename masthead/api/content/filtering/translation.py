"""A filter's tree as a condition on public columns, and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from masthead.api.content.filtering.columns import Column
from masthead.api.content.filtering.parsing import parse
from masthead.api.content.filtering.tokens import FilterError
from masthead.api.content.filtering.tree import Both, Comparison, Tree


def filtered(rows: QuerySet[Any], text: str, columns: Mapping[str, Column], *, at: datetime) -> QuerySet[Any]:
    """Return the rows that a filter lets through; all of them for an empty one.

    FilterError for a column that is not in the list: whoever could ask about words below a cut, or about a hash, with
    `~^` would read them letter by letter from the number of hits (CHECKS.md 9).
    """
    return rows.filter(condition(parse(text), columns, at=at)) if text.strip() else rows


def condition(tree: Tree, columns: Mapping[str, Column], *, at: datetime) -> Q:
    """Translate a tree."""
    if isinstance(tree, Comparison):
        return _test(tree, columns, at)
    first, *more = (condition(part, columns, at=at) for part in tree.parts)
    for part in more:
        first = first & part if isinstance(tree, Both) else first | part
    return first


def _test(test: Comparison, columns: Mapping[str, Column], at: datetime) -> Q:
    column = columns.get(test.field)
    if column is None:
        raise FilterError(
            f"{test.field[:60]!r} cannot be filtered by.", f"Use one of {', '.join(sorted(columns))}.", field="filter"
        )
    found = column.condition(test, at)
    return ~found if test.is_not else found
