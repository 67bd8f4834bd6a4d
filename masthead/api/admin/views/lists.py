"""One page of a list, told row by row."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from masthead.api.admin.call import Call
from masthead.api.content.filtering import Column, filtered
from masthead.api.content.ordering import ordering
from masthead.api.content.paging import meta, one_page

Shape = Callable[[list[Any]], list[dict[str, Any]]]


def told_page(
    call: Call,
    name: str,
    rows: QuerySet[Any],
    told: Shape,
    *,
    columns: Mapping[str, Column],
    orders: Mapping[str, str],
    first: str,
) -> dict[str, Any]:
    """Return one page of these rows under the name of the resource; `first` is the order if none is asked for."""
    asked = call.asked
    kept = filtered(rows, asked.filter, columns, at=call.at)
    found, page = one_page(kept.order_by(*ordering(asked.order, orders, first)), asked)
    return {name: [_wanted(row, call) for row in told(found)], "meta": page}


def told_rows(call: Call, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one page of rows that are told already."""
    asked = call.asked
    start = (asked.page - 1) * asked.limit
    return {
        name: [_wanted(row, call) for row in rows[start : start + asked.limit]],
        "meta": meta(len(rows), asked),
    }


def _wanted(row: dict[str, Any], call: Call) -> dict[str, Any]:
    return {name: value for name, value in row.items() if call.asked.wants(name)}
