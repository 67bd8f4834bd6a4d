"""What a worker knows of the purge log: its position in it, what is stale, and whose reader cookies are void."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

from masthead.core.page_tags import MEMBERS
from masthead.pagestore.cookies import LIFETIME, Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.log import News
from masthead.pagestore.visit import Visit

logger = logging.getLogger(__name__)
# A cookie lives for one lifetime from when it is made, and it is made at the end of a request that may have begun before.
RAISED_FOR = 2 * LIFETIME


class Known:
    """The purge log as one worker knows it. Only its event loop calls this, and never waits for a database in it."""

    def __init__(self, counter: Counter, keys: Keys, *, ask: Callable[[int], Awaitable[News]]) -> None:
        """Look at `counter`; `ask` returns what was purged after a position, or raises when that takes too long."""
        self._counter, self._keys, self._ask = counter, keys, ask
        self._purged: dict[str, int] = {}  # tag -> its last serial
        self._raised: dict[str, tuple[int, float]] = {}  # member -> serial, and when it may be forgotten; in that order
        self._all_raised = 0  # serial up to which every member's cookies are void
        self._seen = b""
        self._reading: asyncio.Task[None] | None = None
        self.position = 0
        self.version = 0  # another number whenever something became stale
        self.is_lost = True  # until the log was read
        self.on_raised: Callable[[], None] = lambda: None

    def start(self, everything: Callable[[], News]) -> None:
        """Begin with everything that the log knows."""
        value = self._value()
        self._take(value, everything())

    def look_for_news(self) -> bool:
        """Say whether nothing was purged that this worker does not know; pages may be shown only then."""
        return self._value() == self._seen and not self.is_lost

    async def catch_up(self) -> bool:
        """Read the log if something was purged; False while that cannot be done, so that pages must come from Django.

        Once the log is lost nobody waits for a database that does not answer: `poll` tries again.
        """
        for _ in range(2):  # a reading that was under way may have begun before what is looked for
            if self.look_for_news() or self.is_lost:
                break
            await self._read()
        return not self.is_lost

    async def poll(self) -> None:
        """Read the log whatever the counter says: who was killed before changing it hides nothing for long."""
        await self._read()

    async def _read(self) -> None:
        if self._reading is None:
            self._reading = asyncio.get_running_loop().create_task(self._read_alone())
        await asyncio.shield(self._reading)

    async def _read_alone(self) -> None:
        value = self._value()
        try:
            self._take(value, await self._ask(self.position))
        except Exception:  # any database's own errors
            # Pages that nothing speaks against go on being served while the database is away.
            if value != self._seen and not self.is_lost:
                logger.exception("Something was purged and the log of it cannot be read; until it can, Django answers")
                self.is_lost = True
        finally:
            self._reading = None

    def _take(self, value: bytes, news: News) -> None:
        self.apply(news)
        self._seen, self.is_lost = value, False

    def apply(self, news: News) -> None:
        """Take in what was purged; what was known before, as PostgreSQL may tell, changes nothing."""
        self.position = max(self.position, news.position)
        is_stale = is_raised = False
        for serial, tag in news.rows:
            kind, _, number = tag.partition(":")
            if kind == MEMBERS:
                is_raised = serial > self._all_raised or is_raised
                self._all_raised = max(serial, self._all_raised)
            elif kind == "member":
                is_raised = self._raise(self._keys.id_of_member(int(number)), serial) or is_raised
            elif serial > self._purged.get(tag, 0):
                self._purged[tag], is_stale = serial, True
        if is_stale:
            self.version += 1
        if is_raised:
            self.on_raised()

    def _raise(self, member: str, serial: int) -> bool:
        before = self._raised.get(member)
        if before is not None and before[0] >= serial:
            return False
        self._raised.pop(member, None)
        self._raised[member] = serial, time.time() + RAISED_FOR
        return True

    def is_in_force(self, visit: Visit) -> bool:
        """Say whether a visit's reader cookie, if it has one, was given after the last change of that member's access.

        One from a later position than the log's is of a log that a backup has taken the place of.
        """
        if visit.member and visit.position < self._all_raised:
            return False
        raised = self._raised.get(visit.member)
        return (raised is None or raised[0] <= visit.position) and visit.position <= self.position

    def is_fresh(self, tags: Iterable[str], position: int) -> bool:
        """Say whether nothing with these tags was purged after a position."""
        purged = self._purged
        return all(purged.get(tag, 0) <= position for tag in tags)

    def forget_raised(self) -> None:
        """Forget raised members of whom no cookie can be in force any more."""
        now = time.time()
        while self._raised:
            member = next(iter(self._raised))
            if self._raised[member][1] > now:
                break
            del self._raised[member]

    def _value(self) -> bytes:
        try:
            return self._counter.value()
        except OSError:
            return b""
