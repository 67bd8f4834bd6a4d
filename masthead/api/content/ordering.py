"""The order of a list, by an allow-list of public fields."""

from collections.abc import Mapping

from masthead.api.errors import ApiError

DIRECTIONS = {"": "", "asc": "", "desc": "-"}
MOST = 5  # fields


def ordering(text: str, orders: Mapping[str, str], default: str) -> list[str]:
    """Return what to order by, as Django writes it, with the row's number last so that pages never overlap.

    ApiError for a field that is not in the list, or a direction that is none.
    """
    found = [_one(part, orders) for part in (text.strip() or default).split(",")]
    if len(found) > MOST:
        raise ApiError("The order is too long.", f"Order by at most {MOST} fields.", field="order")
    return [*found, "-pk" if found[-1].startswith("-") else "pk"]


def _one(part: str, orders: Mapping[str, str]) -> str:
    field, _, direction = part.strip().partition(" ")
    if field not in orders or direction.strip().lower() not in DIRECTIONS:
        context = f"Use one of {', '.join(sorted(orders))}, with asc or desc behind it."
        raise ApiError(f"{part.strip()[:60]!r} is nothing to order by.", context, field="order")
    return DIRECTIONS[direction.strip().lower()] + orders[field]
