"""Moments of Ghost: UTC in any of its spellings, or milliseconds since 1970."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from masthead.importers.markdown.values import FIRST_YEAR, LAST_YEAR, as_moment

UTC_ZONE: Final = ZoneInfo("UTC")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(value: Any) -> datetime | None:
    """Return a moment, also one before 1970; None for what is none, or lies outside the years 1000 to 9998."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = EPOCH + timedelta(milliseconds=value)
            return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
        return as_moment(value, UTC_ZONE)
    except (OverflowError, ValueError):
        return None
