"""Values of front matter, whatever the writer's YAML, TOML or JSON made of them, as text, words, moments and answers."""

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime

YES, NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
# Not in any text: what no database holds (NUL, lone surrogates) and what no screen shows.
UNWANTED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Pages and feeds convert moments between zones; a few days at the ends of the calendar have none in every zone.
FIRST_YEAR, LAST_YEAR = 1000, 9998


def cleaned(value: Any) -> Any:
    """Return the value without letters that cannot be stored, to any depth."""
    if isinstance(value, str):
        return UNWANTED.sub("", value)
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {cleaned(str(name)): cleaned(one) for name, one in value.items()}
    return value


def is_empty(value: Any) -> bool:
    """Whether a field stands there without saying anything."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def as_answer(value: Any) -> bool | None:
    """Return a clear yes or no; None for anything else."""
    said = str(value).strip().lower()
    return True if said in YES else False if said in NO else None


def as_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """Return a date of front matter as a moment; one without a zone is in the publication's. None if it is no date.

    Raises OverflowError for a date before the year 1000 or after 9998.
    """
    if isinstance(value, str):
        value = _parsed(value.strip())
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    if not isinstance(value, datetime):
        return None
    moment = value if value.tzinfo else value.replace(tzinfo=zone)
    if not FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR:
        raise OverflowError
    return moment


def _parsed(text: str) -> datetime | date | None:
    # Jekyll writes "2026-11-03 08:00:00 +0100"; the blank before the zone is its own.
    joined = re.sub(r"\s+([+-]\d\d):?(\d\d)$", r"\1:\2", text)
    try:
        return parse_datetime(joined) or parse_date(joined)
    except ValueError:
        return None


def as_words(value: Any) -> list[str]:
    """Return a list of words from a list, or from text with commas (or, as Jekyll has it, spaces)."""
    if isinstance(value, str):
        return [word.strip() for word in (value.split(",") if "," in value else value.split()) if word.strip()]
    return [text for one in value if (text := as_text(one))] if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Return plain text; empty for what is none."""
    is_text = isinstance(value, str | int | float | date) and not isinstance(value, bool)
    return str(value).strip() if is_text else ""


def as_line(value: Any) -> str:
    """Return plain text on one line; empty for what is none."""
    return " ".join(as_text(value).split())
