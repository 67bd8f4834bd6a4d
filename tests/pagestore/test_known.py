"""What a worker knows of the purge log: stale at once, lost when it cannot be read, and never stuck on a database."""

import asyncio
import time
from pathlib import Path

import pytest

from masthead.core.page_tags import MEMBERS
from masthead.pagestore.known import RAISED_FOR, Known
from masthead.pagestore.log import News
from masthead.pagestore.visit import Visit
from tests.pagestore.some import KEYS, Log


def of_member(pk: int, position: int) -> Visit:
    """Return a visit with a cookie that was given to a member at a position."""
    return Visit("br", b"", member=KEYS.id_of_member(pk), position=position)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of which nothing is known."""
    return Log(tmp_path)


def begun(log: Log) -> Known:
    """Return what a worker knows that has read the log."""
    known = Known(log.counter, KEYS, ask=log.news)
    known.start(log.everything)
    return known


def test_nothing_is_known_before_the_log_was_read(log: Log) -> None:
    assert not Known(log.counter, KEYS, ask=log.news).look_for_news()
    assert begun(log).look_for_news()


def test_a_purge_is_known_after_catching_up_and_pages_wait_until_then(log: Log) -> None:
    known = begun(log)
    serial = log.purge("post:1")
    assert not known.look_for_news()
    assert asyncio.run(known.catch_up()) and known.look_for_news()
    assert known.is_fresh(["post:1"], serial) and not known.is_fresh(["post:2", "post:1"], serial - 1)
    assert known.is_fresh(["post:2"], 0)
    assert known.position == serial


def test_nobody_asks_while_nothing_was_purged(log: Log) -> None:
    known = begun(log)
    assert asyncio.run(known.catch_up()) and log.readings == 0


def test_many_who_ask_at_once_wait_for_one_reading(log: Log) -> None:
    known = begun(log)
    log.purge("post:1")

    async def ask() -> list[bool]:
        return await asyncio.gather(*[known.catch_up() for _ in range(50)])

    assert all(asyncio.run(ask())) and log.readings == 1


def test_a_reading_that_began_before_the_purge_is_not_enough(log: Log) -> None:
    async def check() -> None:
        is_reading, may_end = asyncio.Event(), asyncio.Event()

        async def slow(position: int) -> News:
            found = await log.news(position)
            is_reading.set()
            await may_end.wait()
            return found

        known = Known(log.counter, KEYS, ask=slow)
        known.start(log.everything)
        polling = asyncio.create_task(known.poll())
        await is_reading.wait()
        serial = log.purge("post:1")
        asking = asyncio.create_task(known.catch_up())
        await asyncio.sleep(0)
        may_end.set()
        assert await asking and not known.is_fresh(["post:1"], serial - 1)
        await polling

    asyncio.run(check())


def test_a_log_that_cannot_be_read_loses_everything_until_a_poll_reads_it(log: Log) -> None:
    known = begun(log)
    log.is_broken = True
    serial = log.purge("post:1")
    assert not asyncio.run(known.catch_up()) and known.is_lost
    readings = log.readings
    assert not asyncio.run(known.catch_up()) and log.readings == readings  # nobody waits for it again
    asyncio.run(known.poll())
    assert known.is_lost and not known.look_for_news()
    log.is_broken = False
    asyncio.run(known.poll())
    assert known.look_for_news() and not known.is_fresh(["post:1"], serial - 1)


def test_pages_that_nothing_speaks_against_stay_while_the_database_is_away(log: Log) -> None:
    known = begun(log)
    log.is_broken = True
    asyncio.run(known.poll())
    assert known.look_for_news()


def test_a_poll_finds_what_a_killed_process_could_not_tell(log: Log) -> None:
    known = begun(log)
    serial = log.purge("post:1", is_told=False)
    assert asyncio.run(known.catch_up()) and known.is_fresh(["post:1"], serial - 1)
    asyncio.run(known.poll())
    assert not known.is_fresh(["post:1"], serial - 1)


def test_cookies_from_before_a_change_of_access_are_void_and_later_ones_are_not(log: Log) -> None:
    known = begun(log)
    cleared: list[bool] = []
    known.on_raised = lambda: cleared.append(True)
    serial = log.purge("member:7")
    asyncio.run(known.catch_up())
    assert [known.is_in_force(of_member(7, position)) for position in (serial - 1, serial)] == [False, True]
    assert known.is_in_force(of_member(8, serial - 1)) and known.is_in_force(Visit("br", b""))
    assert cleared == [True] and known.version == 0  # no page became stale


def test_a_cookie_from_a_position_that_the_log_does_not_have_is_void(log: Log) -> None:
    known = begun(log)
    assert known.is_in_force(of_member(7, 0)) and not known.is_in_force(of_member(7, 5))


def test_what_is_told_again_or_out_of_order_changes_nothing(log: Log) -> None:
    known = begun(log)
    cleared: list[bool] = []
    known.on_raised = lambda: cleared.append(True)
    rows = [(9, "member:7"), (9, "post:1")]
    known.apply(News(5, rows))
    known.apply(News(5, [*rows, (8, "member:7"), (8, "post:1")]))
    assert cleared == [True] and known.version == 1 and known.position == 5
    assert not known.is_in_force(of_member(7, 5)) and not known.is_fresh(["post:1"], 8)
    known.apply(News(4, []))
    assert known.position == 5


def test_a_raised_member_is_forgotten_only_when_no_cookie_of_theirs_can_be_in_force(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, now = begun(log), time.time()
    log.purge("member:7")
    asyncio.run(known.catch_up())
    for later, is_void in ((RAISED_FOR - 5, True), (RAISED_FOR + 5, False)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        known.forget_raised()
        assert known.is_in_force(of_member(7, 0)) is not is_void


def test_a_member_raised_again_is_kept_from_then_on(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    known, now = begun(log), time.time()
    known.apply(News(2, [(1, "member:7"), (2, "member:8")]))
    monkeypatch.setattr(time, "time", lambda: now + RAISED_FOR - 5)
    known.apply(News(3, [(3, "member:7")]))
    monkeypatch.setattr(time, "time", lambda: now + RAISED_FOR + 5)
    known.forget_raised()
    assert not known.is_in_force(of_member(7, 2)) and known.is_in_force(of_member(8, 0))


def test_a_counter_that_cannot_be_read_any_more_is_looked_behind(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.purge("post:1")
    known = begun(log)

    def fail() -> bytes:
        raise OSError

    monkeypatch.setattr(log.counter, "value", fail)
    serial = log.purge("post:2")
    assert not known.look_for_news()
    assert asyncio.run(known.catch_up()) and not known.is_fresh(["post:2"], serial - 1)


def test_every_cookie_of_before_is_void_when_everybodys_access_changed(log: Log) -> None:
    known = begun(log)
    serial = log.purge(MEMBERS)
    asyncio.run(known.catch_up())
    assert not known.is_in_force(of_member(7, serial - 1)) and known.is_in_force(of_member(7, serial))
    assert known.is_in_force(Visit("br", b""))
