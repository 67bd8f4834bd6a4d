"""Values of the types that programs send, checked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from masthead.api.admin.errors import invalid

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
MOST_ITEMS = 100


def text(value: Any, resource: str, field: str, *, longest: int, is_needed: bool = False) -> str:
    """Return a text, '' for null; the error names the field that is no text, too long, or missing."""
    if value is not None and not isinstance(value, str):
        raise invalid(resource, field, f"{field} must be a text.")
    said = (value or "").strip()
    if len(said) > longest:
        raise invalid(resource, field, f"{field} may have at most {longest} characters.")
    if is_needed and not said:
        raise invalid(resource, field, f"{field} cannot be blank.")
    return said


def flag(value: Any, resource: str, field: str) -> bool:
    """Return yes or no; null is no."""
    if value not in (None, True, False):
        raise invalid(resource, field, f"{field} must be true or false.")
    return bool(value)


def items(value: Any, resource: str, field: str) -> Sequence[Any]:
    """Return a list, empty for null."""
    if value is not None and not isinstance(value, list):
        raise invalid(resource, field, f"{field} must be a list.")
    if len(value or ()) > MOST_ITEMS:
        raise invalid(resource, field, f"{field} may have at most {MOST_ITEMS} members.")
    return value or []


def moment(value: Any, resource: str, field: str) -> datetime | None:
    """Return a moment, UTC where it names no zone; None for null."""
    if value in (None, ""):
        return None
    try:
        found = _read(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise invalid(resource, field, f"{field} must be a moment such as 2026-03-01T12:00:00.000Z.")
    return found


def _read(text: str) -> datetime | None:
    found = parse_datetime(text)
    if found is None and (day := parse_date(text)):
        found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if found is None:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def named(item: Any, resource: str, field: str) -> dict[str, str]:
    """Return what names a row in a list: its id, slug, name or email, of which one is enough. A text is a name."""
    if isinstance(item, str):
        item = {"name": item}
    if not isinstance(item, dict):
        raise invalid(resource, field, f"Each of {field} must be an object with an id, a slug or a name.")
    names = ("id", "slug", "name", "email")
    found = {name: text(item[name], resource, field, longest=191) for name in names if item.get(name)}
    if not any(found.values()):
        raise invalid(resource, field, f"Each of {field} needs an id, a slug or a name.")
    return found
