"""Values of Ghost's rows as ours."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from masthead.core.money import Money
from masthead.importers.ghost.run import RowError
from masthead.importers.markdown.values import as_moment
from masthead.members.addresses import checked_address

UTC_ZONE = ZoneInfo("UTC")
SITE = "__GHOST_URL__"
MOST_UNITS = 10**12


def moment(value: Any) -> datetime | None:
    """Return a time of Ghost's, which is in UTC unless it says otherwise; None for what is none."""
    try:
        found = as_moment(value, UTC_ZONE)
    except OverflowError:
        return None
    return found.astimezone(UTC) if found else None


def number(value: Any) -> int | None:
    """Return a whole number that is not negative and fits a column of money; None for anything else."""
    try:
        found = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    except ValueError:
        return None
    return found if found is not None and 0 <= found <= MOST_UNITS else None


def currency(value: Any) -> str:
    """Return a currency in capital letters; raises RowError for what is none."""
    code = str(value or "").strip().upper()
    try:
        return Money(0, code).currency
    except ValueError as error:
        raise RowError(f"its currency “{code[:10]}” is none") from error


def address(value: Any) -> str:
    """Return a mail address as it is kept; empty for what no mail can be sent to."""
    try:
        return checked_address(str(value)) if isinstance(value, str) and value.strip() else ""
    except ValidationError:
        return ""


def path_here(value: Any, home: str) -> str:
    """Return an address, as a path where it is one of the site itself."""
    text = str(value).strip() if isinstance(value, str) else ""
    for start in filter(None, (SITE, home)):
        if text == start or text.startswith(f"{start}/"):
            return text.removeprefix(start) or "/"
    return text if text.startswith(("/", "https://", "http://")) else ""
