"""The purge log in the database: whatever order transactions commit in, none slips under a position that was noted before."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from masthead.core import events
from masthead.pagestore import log
from masthead.pagestore.log import ROWS_KEPT
from masthead.pagestore.models import Purge
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)


class Beside:
    """A connection of its own, in a thread of its own, with a transaction that is open for as long as a test wants."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._block = transaction.atomic()

    def do(self, act: Callable[..., Any], *words: Any, **more: Any) -> Any:
        """Do something on that connection."""
        return self._thread.submit(act, *words, **more).result(60)

    def begin(self) -> None:
        """Begin a transaction."""
        self.do(self._block.__enter__)

    def end(self, *why: Any) -> None:
        """Commit, or roll back if there is a reason."""
        self.do(self._block.__exit__, *(why or (None, None, None)))

    def close(self) -> None:
        """Close the connection."""
        self.do(lambda: connection.close())
        self._thread.shutdown()


@pytest.fixture
def others() -> Iterator[list[Beside]]:
    """Two connections beside that of the test."""
    made = [Beside(), Beside()]
    yield made
    for other in made:
        other.close()


def purge(*tags: str) -> None:
    """Purge tags in a transaction of their own."""
    with transaction.atomic():
        log.write(tags, at=NOON)


def is_stale(tag: str, position: int) -> bool:
    """Say whether a page with this tag, rendered from a position on, is stale by what a reader of the log is told."""
    return any(serial > position and told == tag for serial, told in [*log.news(0).rows, *log.everything().rows])


def only_postgresql() -> None:
    """Skip where one writer at a time makes the question empty."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def only_sqlite() -> None:
    """Skip where there is no lock of the whole database."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets several write at once")


def test_what_is_purged_after_a_position_is_told_and_what_was_before_is_not() -> None:
    purge("post:1")
    before = log.news(0)
    purge("post:2", "lists")
    after = log.news(before.position)
    assert [tag for _, tag in after.rows] == ["lists", "post:2"]
    assert before.position < after.position == after.rows[-1][0]
    assert log.news(after.position) == log.News(after.position, [])
    assert is_stale("post:2", before.position) and not is_stale("post:1", before.position)


def test_an_empty_log_has_a_position_too() -> None:
    assert log.news(0) == log.everything() == log.News(0, [])


def test_everybody_has_the_same_position_while_nothing_is_purged(others: list[Beside]) -> None:
    purge("post:1")
    here = log.everything().position
    with transaction.atomic():
        events.write("ship.seized", "ship:1", at=NOON)  # a transaction that purges nothing
    assert [other.do(log.news, 0).position for other in others] == [here, here] == [log.news(here).position] * 2


def test_everything_tells_the_last_serial_of_each_tag() -> None:
    for tags in (("post:1", "lists"), ("post:2", "lists"), ("member:3",)):
        purge(*tags)
    told = {tag: serial for serial, tag in log.everything().rows}
    assert set(told) == {"post:1", "post:2", "lists", "member:3"}
    assert told["post:1"] < told["lists"] == told["post:2"] < told["member:3"] == log.everything().position


def test_several_events_of_one_transaction_are_all_above_what_was_noted_before() -> None:
    purge("post:9")
    position = log.news(0).position
    with transaction.atomic():
        log.write(["post:1"], at=NOON)
        log.write(["post:2", "post:1"], at=NOON)
        events.write("access.changed", "member:7", at=NOON)
        assert not is_stale("post:9", position)
    assert all(is_stale(tag, position) for tag in ("post:1", "post:2", "member:7"))
    assert log.news(position).position == max(Purge.objects.values_list("serial", flat=True))


def test_a_transaction_that_is_rolled_back_purges_nothing() -> None:
    position = log.news(0).position
    with transaction.atomic():
        log.write(["post:1"], at=NOON)
        transaction.set_rollback(True)
    assert log.news(0) == log.News(position, [])


def test_old_rows_are_forgotten_and_the_position_stays() -> None:
    purge("post:1")
    purge("post:2")
    position = log.news(0).position
    assert log.forget(at=NOON + ROWS_KEPT) == 0
    assert log.forget(at=NOON + ROWS_KEPT + timedelta(seconds=1)) == 1
    assert log.news(0).position == log.everything().position == position
    purge("post:3")
    assert is_stale("post:3", position)


# -- SQLite


def test_every_transaction_in_sqlite_is_a_writer_from_its_beginning(others: list[Beside]) -> None:
    only_sqlite()
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    others[0].begin()
    others[0].do(log.everything)  # it only reads
    second = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=0, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.execute("BEGIN IMMEDIATE")
    position = log.news(0).position
    others[0].do(log.write, ["post:1"], at=NOON)
    others[0].end()
    second.execute("BEGIN IMMEDIATE")
    second.execute("ROLLBACK")
    second.close()
    assert is_stale("post:1", position)


def test_serials_in_sqlite_count_in_the_order_of_commits(others: list[Beside]) -> None:
    only_sqlite()
    others[0].begin()
    waiting = others[1]._thread.submit(purge, "second")
    others[0].do(log.write, ["first"], at=NOON)
    others[0].end()
    waiting.result(60)
    assert [tag for _, tag in log.news(0).rows] == ["first", "second"]
    assert len({serial for serial, _ in log.news(0).rows}) == 2


# -- PostgreSQL


def test_a_transaction_that_began_first_and_commits_last_slips_under_no_position(others: list[Beside]) -> None:
    only_postgresql()
    first, second = others
    first.begin()
    first.do(log.write, ["post:1"], at=NOON)  # takes its id
    second.do(purge, "post:2")  # takes a later one, and commits
    noted = log.news(0).position, log.everything().position
    serials = {tag: serial for serial, tag in log.news(0).rows}
    assert max(noted) < serials["post:2"]  # the seeded fault: a position that is the last serial would be this one
    first.end()
    assert all(is_stale("post:1", position) for position in noted)
    assert not is_stale("post:1", serials["post:2"])


def test_rows_are_told_again_while_an_older_transaction_runs_and_then_no_more(others: list[Beside]) -> None:
    only_postgresql()
    others[0].begin()
    others[0].do(log.write, ["post:1"], at=NOON)
    others[1].do(purge, "post:2")
    once = log.news(0)
    again = log.news(once.position)
    assert [tag for _, tag in once.rows] == [tag for _, tag in again.rows] == ["post:2"]
    others[0].end()
    last = log.news(again.position)
    assert [tag for _, tag in last.rows] == ["post:1", "post:2"]
    assert log.news(last.position).rows == []
    assert last.position == last.rows[-1][0]


def test_everything_misses_nothing_that_commits_while_it_is_read(
    others: list[Beside], monkeypatch: pytest.MonkeyPatch
) -> None:
    only_postgresql()
    others[0].begin()
    others[0].do(log.write, ["post:1"], at=NOON)
    real = log.news

    def news(position: int) -> log.News:
        found = real(position)
        if not ended:
            ended.append(True)
            others[0].end()
            others[1].do(purge, "post:2")
        return found

    ended: list[bool] = []
    monkeypatch.setattr(log, "news", news)
    start = log.everything()
    told = {tag for _, tag in start.rows} | {tag for _, tag in real(start.position).rows}
    assert ended and told == {"post:1", "post:2"}


def test_a_transaction_that_is_rolled_back_holds_positions_back_only_while_it_runs(others: list[Beside]) -> None:
    only_postgresql()
    others[0].begin()
    others[0].do(log.write, ["post:1"], at=NOON)
    others[1].do(purge, "post:2")
    held_back = log.news(0).position
    others[0].end(RuntimeError, RuntimeError(), None)
    after = log.news(held_back)
    assert after.position > held_back and [tag for _, tag in after.rows] == ["post:2"]
