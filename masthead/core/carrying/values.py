"""Single values on their way into a line and out of it, checked by the field that will hold them."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from masthead.core.carrying.problems import LineError


def as_json(value: Any) -> Any:
    """Return a value of a column as JSON has it: moments in UTC with all their digits, days, the rest as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def from_json(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value as `field` keeps it; raises LineError for another type, a length or a choice that it does not take."""
    if value is None:
        if field.null:
            return None
        raise LineError("must not be null")
    if isinstance(field, models.DateTimeField):
        return _moment(value)
    if isinstance(field, models.DateField):
        return _day(value)
    kind = _type_of(field)
    if type(value) is not kind:
        raise LineError(f"must be {NAMES[kind]}, not {NAMES.get(type(value), 'that')}")
    if isinstance(field, models.JSONField):
        return value
    _check(field, value)
    return value


NAMES: dict[type, str] = {
    str: "text", int: "a whole number", bool: "true or false", dict: "an object", list: "a list", float: "a number", type(None): "null",
}  # fmt: skip


def _type_of(field: models.Field[Any, Any]) -> type:
    if isinstance(field, models.JSONField):
        return type(field.get_default())
    if isinstance(field, models.BooleanField):
        return bool
    return int if isinstance(field, models.IntegerField) else str


def _check(field: models.Field[Any, Any], value: Any) -> None:
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise LineError(f"may have at most {field.max_length} characters")
    if field.choices and value not in dict(field.flatchoices):
        raise LineError(f"cannot be {value!r}; it is one of {', '.join(repr(known) for known, _ in field.flatchoices)}")
    if isinstance(field, models.IntegerField) and not _range(field)[0] <= value <= _range(field)[1]:
        raise LineError(f"cannot be {value}; it is from {_range(field)[0]} to {_range(field)[1]}")


def _range(field: models.Field[Any, Any]) -> tuple[int, int]:
    name = field.get_internal_type()
    bits = 63 if "Big" in name else 15 if "Small" in name else 31
    return 0 if name.startswith("Positive") else -(2**bits), 2**bits - 1


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise LineError("must be a moment in UTC, such as 2026-03-01T12:00:00Z")
    return moment.astimezone(UTC)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise LineError("must be a day, such as 2026-03-01") from error
