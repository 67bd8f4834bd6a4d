"""The purge log: what was purged, in an order that no transaction can slip under.

A *position* is noted before a page's first query; the page is stale as soon as a row with one of its tags has a
serial above it. In SQLite there is one writer at a time, so serials count up as transactions commit. In PostgreSQL they
do not commit in the order in which they begin, so a serial is the id of its transaction, and a position is the last serial,
or lies below the oldest transaction that still runs (PostgreSQL manual, 9.27.7: `pg_snapshot_xmin`) if that is less: what
commits later is above it in any case. While a long transaction runs, pages that were purged meanwhile are rendered more
often than need be. While none purges, every worker has the same position, so that one takes what another has rendered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max

from masthead.pagestore.models import Purge

# No page is kept longer, so that the rows which concern it are still there when it is found again.
LONGEST_KEPT = timedelta(days=3)
ROWS_KEPT = LONGEST_KEPT + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class News:
    """What was purged after a position, and the new position."""

    position: int
    rows: list[tuple[int, str]]  # serial, tag


def write(tags: Iterable[str], *, at: datetime) -> None:
    """Purge these tags, in the transaction that runs; it must be one."""
    serial = _serial()
    Purge.objects.bulk_create(Purge(serial=serial, tag=tag, at=at) for tag in sorted(set(tags)))


def news(position: int) -> News:
    """Return what was purged after `position`; in PostgreSQL some of it again while an older transaction runs."""
    if connection.vendor == "postgresql":
        return _news_of_postgresql(position)
    rows = list(Purge.objects.filter(serial__gt=position).order_by("serial").values_list("serial", "tag"))
    return News(rows[-1][0] if rows else position, rows)


def everything() -> News:
    """Return the last serial of each tag that the log still knows, and the position now."""
    start = news(_tip())  # before the rows are read: what commits meanwhile is told again
    rows = Purge.objects.values_list("tag").annotate(last=Max("serial"))
    return News(start.position, [(serial, tag) for tag, serial in rows])


def forget(*, at: datetime) -> int:
    """Delete rows that can concern no page any more; the last ones stay, so that serials go on counting."""
    return Purge.objects.filter(at__lt=at - ROWS_KEPT, serial__lt=_tip()).delete()[0]


def _tip() -> int:
    return Purge.objects.aggregate(tip=Max("serial"))["tip"] or 0


def _serial() -> int:
    if connection.vendor != "postgresql":
        return _tip() + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _news_of_postgresql(position: int) -> News:
    with connection.cursor() as cursor:
        # One statement, so that rows and position are of one snapshot.
        cursor.execute(
            "SELECT least(pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1,"
            " (SELECT coalesce(max(serial), 0) FROM pagestore_purge)), serial, tag"
            " FROM (SELECT 1) one LEFT JOIN pagestore_purge ON serial > %s ORDER BY serial",
            [position],
        )
        found = cursor.fetchall()
    return News(int(found[0][0]), [(int(serial), tag) for _, serial, tag in found if serial is not None])
