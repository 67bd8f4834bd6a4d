"""Moments in a filter: a date, a date and time, or one that is counted back from now."""

import re
from datetime import UTC, datetime, timedelta

from django.utils.dateparse import parse_date, parse_datetime

from masthead.api.content.filtering.tokens import FilterError

RELATIVE = re.compile(r"now(?:([+-])(\d{1,5})([dwMyhms]))?", re.ASCII)
UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "M": timedelta(days=30),
    "y": timedelta(days=365),
}


def moment(text: str, *, at: datetime) -> datetime:
    """Return the moment that a filter names (UTC where it names no zone); FilterError for a text that is none."""
    try:
        found = _relative(text, at) or _absolute(text)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise FilterError(f"{text[:40]!r} is not a moment.", "Write '2026-03-01 12:00:00' or now-30d.", field="filter")
    return found


def _relative(text: str, at: datetime) -> datetime | None:
    match = RELATIVE.fullmatch(text)
    if match is None:
        return None
    sign, number, unit = match.groups()
    far = int(number) * UNITS[unit] if number else timedelta(0)
    return at + far if sign == "+" else at - far


def _absolute(text: str) -> datetime | None:
    found = parse_datetime(text)
    if found is None and (day := parse_date(text)):
        found = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the zone follows)
    if found is None:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
