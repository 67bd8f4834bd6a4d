"""When periods end."""

import calendar
from datetime import datetime


def later(moment: datetime, period: str) -> datetime:
    """Return the moment a month or a year later; the 31st becomes the last day of a shorter month."""
    months = {"month": 1, "year": 12}[period]
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
