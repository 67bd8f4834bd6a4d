"""One page of a list, and where it stands among the others."""

from typing import Any

from django.db.models import QuerySet

from masthead.api.content.asked import Asked


def one_page(rows: QuerySet[Any], asked: Asked) -> tuple[list[Any], dict[str, Any]]:
    """Return the rows of the page that is asked for, and `meta`; the total counts what the caller may see."""
    total, start = rows.count(), (asked.page - 1) * asked.limit
    found = list(rows[start : start + asked.limit]) if start < total else []
    return found, meta(total, asked)


def meta(total: int, asked: Asked) -> dict[str, Any]:
    """Return what Ghost's clients read to find the next page."""
    pages = max(1, -(-total // asked.limit))
    return {
        "pagination": {
            "page": asked.page,
            "limit": asked.limit,
            "pages": pages,
            "total": total,
            "next": asked.page + 1 if asked.page < pages else None,
            "prev": asked.page - 1 if asked.page > 1 else None,
        }
    }
