"""What all connections of a worker share."""

from collections.abc import Sequence

from masthead.pagestore import wire
from masthead.pagestore.access_log import AccessLog
from masthead.pagestore.cookies import Keys
from masthead.pagestore.serving import Serving
from masthead.pagestore.visit import Names, Visit, read_visit

MOST_VISITS = 20_000  # header blocks whose meaning is remembered
MOST_BYTES = 24 * 1024 * 1024  # of them all: whoever makes up headers does not make us large
LONGEST_REMEMBERED = 4_096  # bytes of one

Header = tuple[bytes, bytes]


class Site:
    """The publication as one worker serves it."""

    def __init__(
        self,
        serving: Serving,
        *,
        hosts: frozenset[bytes],
        names: Names,
        keys: Keys,
        is_demo: bool = False,
        log: AccessLog | None = None,
    ) -> None:
        """Answer requests for one of `hosts`, as they stand in Host, in small letters."""
        self.serving, self.is_demo, self.log = serving, is_demo, log
        self.visits: dict[bytes, Visit] = {}
        self._size = 0  # bytes of the blocks in it, and of some that were cleared by news
        self._hosts, self._names, self._keys = hosts, names, keys
        self._told: Sequence[Header] = ()
        self._date = b""
        serving.known.on_raised = self.visits.clear  # a cookie that was good may be void now

    def read(self, headers: Sequence[Header]) -> Visit:
        """Read the headers of a request; raises Unreadable."""
        return read_visit(headers, hosts=self._hosts, names=self._names, keys=self._keys)

    def remember(self, block: bytes, visit: Visit) -> None:
        """Remember what a block of headers says, for the next request that has the same."""
        if len(block) > LONGEST_REMEMBERED:
            return
        if len(self.visits) >= MOST_VISITS or self._size >= MOST_BYTES:
            self.visits.clear()
            self._size = 0
        self.visits[block] = visit
        self._size += len(block)

    def date_line(self, told: list[Header]) -> bytes:
        """Return the headers that uvicorn adds to every response, as bytes; it makes them anew each second."""
        if told is not self._told:
            self._told = told
            self._date = wire.lines_of(told)
        return self._date
