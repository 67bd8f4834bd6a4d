"""What a worker answers from: an index in memory over the store on disk, with the freshness of every page checked."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from masthead.access.reader_key import ANYONE_KEY, Depends
from masthead.core.page_tags import MEMBERS, SITE
from masthead.pagestore import encodings, wire
from masthead.pagestore.cookies import LIFETIME, Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.log import News
from masthead.pagestore.memory import Memory
from masthead.pagestore.rendered import Headers, Rendered
from masthead.pagestore.segments import Place
from masthead.pagestore.store import Store, Stored
from masthead.pagestore.visit import Visit

logger = logging.getLogger(__name__)
MOST_PATHS = 50_000  # in the index of one worker
MOST_LIGHT = 1_000
OFTEN = 20  # readings from one worker, after which a page is worth compressing as small as it gets


@dataclass(slots=True, eq=False)
class Variant:
    """One page for one Reader key, ready to be sent."""

    rendered: Rendered
    head: bytes  # status line and headers, shared by all pages that have the same
    head_304: bytes
    size: int  # bytes of the body in no coding
    place: Place | None  # None: in memory only
    is_packed: bool  # whether it is sent in any coding but identity
    version: int  # of the log, up to which it is known to be fresh
    tails: dict[str, bytes] = field(default_factory=dict)
    readings: int = 0


@dataclass(slots=True)
class Page:
    """Everything that is known of one path."""

    depends: Depends
    variants: dict[str, Variant] = field(default_factory=dict)


class Reads(Protocol):
    """What can read the whole purge log."""

    def everything(self) -> News: ...


class Serving:
    """The serving copy of one worker. Only its event loop calls it."""

    def __init__(
        self, store: Store, counter: Counter, keys: Keys, *, ask_news: Callable[[int], News], most_memory: int
    ) -> None:
        """Answer from `store`; `ask_news` returns what was purged after a position; `most_memory` is in bytes."""
        self._store, self._counter, self._keys, self._ask_news = store, counter, keys, ask_news
        self._memory = Memory(most_memory)
        self._pages: dict[str, Page] = {}
        self._heads: dict[Headers, tuple[bytes, bytes]] = {}
        self._purged: dict[str, int] = {}
        self._raised: dict[str, tuple[int, float]] = {}  # member -> serial, and when it may be forgotten
        self._all_raised = 0  # serial up to which every member's cookies are void
        self._seen = b""
        self.position = 0
        self.version = 0
        self.is_lost = True  # until the log was read
        self.often_read: list[Variant] = []
        self.on_raised: Callable[[], None] = lambda: None

    def start(self, reader: Reads) -> None:
        """Begin with everything that the log knows."""
        value = self._value()
        self.apply(reader.everything())
        self._seen, self.is_lost = value, False

    # -- what changed

    def look_for_news(self) -> bool:
        """Read the log if the counter says that something was purged; False while that cannot be done."""
        value = self._value()
        if value == self._seen:
            return not self.is_lost
        if self.is_lost:
            return False  # `poll` tries again; nobody waits for a database that does not answer
        try:
            self._take(value, self._ask_news(self.position))
        except Exception:  # any database's own errors
            self._lose("Something was purged, and the purge log cannot be read; pages come from Django until it can")
        return not self.is_lost

    async def poll(self, loop: asyncio.AbstractEventLoop, thread: Executor, ask: Callable[[int], News]) -> None:
        """Read the log whatever the counter says: who was killed before changing it hides nothing for long."""
        value = self._value()
        try:
            self._take(value, await loop.run_in_executor(thread, ask, self.position))
        except Exception:  # any database's own errors; pages that nothing speaks against go on being served
            if value != self._seen and not self.is_lost:
                self._lose("The purge log cannot be read")

    def _take(self, value: bytes, news: News) -> None:
        self.apply(news)
        self._seen, self.is_lost = value, False

    def _lose(self, why: str) -> None:
        logger.exception(why)
        self.is_lost = True

    def apply(self, news: News) -> None:
        """Take in what was purged."""
        self.position = max(self.position, news.position)
        if not news.rows:
            return
        self.version += 1
        now = time.time()
        is_raised = False
        for serial, tag in news.rows:
            kind, _, number = tag.partition(":")
            if kind == "member":
                is_raised = True
                self._raised[self._keys.id_of_member(int(number))] = serial, now + LIFETIME
            elif kind == MEMBERS:
                is_raised = True
                self._all_raised = max(serial, self._all_raised)
            else:
                self._purged[tag] = max(serial, self._purged.get(tag, 0))
        if is_raised:
            self.on_raised()

    def is_in_force(self, visit: Visit) -> bool:
        """Say whether a visit's reader cookie, if it has one, was given after the last change of that member's access."""
        if visit.member and visit.position < self._all_raised:
            return False
        raised = self._raised.get(visit.member)
        return raised is None or raised[0] <= visit.position

    def is_fresh(self, tags: Iterable[str], position: int) -> bool:
        """Say whether nothing with these tags was purged after a position."""
        purged = self._purged
        return all(purged.get(tag, 0) <= position for tag in tags)

    # -- looking

    def find(self, path: str, visit: Visit) -> Variant | None:
        """Return the page for this visitor if one is kept that is fresh; the log has been looked at."""
        page = self._pages.get(path) or self._load(path)
        if page is None:
            return None
        key = visit.key(page.depends)
        variant = page.variants.get(key)
        if variant is None or not self._holds(variant):
            page = self._load(path)
            variant = page.variants.get(visit.key(page.depends)) if page else None
            if variant is None or not self._holds(variant):
                return None
        return variant

    def find_same(self, path: str) -> Variant | None:
        """Return a page that is the same for everybody, such as a feed, if a fresh one is kept."""
        page = self._pages.get(path) or self._load(path)
        if page is None or not page.depends.is_same:
            return None
        variant = page.variants.get(ANYONE_KEY)
        return variant if variant is not None and self._holds(variant) else None

    def knows(self, path: str) -> bool:
        """Say whether anything fresh is kept of a path, for whomever."""
        page = self._pages.get(path) or self._load(path)
        return page is not None and any(self._holds(variant) for variant in page.variants.values())

    def _holds(self, variant: Variant) -> bool:
        rendered = variant.rendered
        if rendered.until <= time.time():
            return False
        if variant.version != self.version:
            if not self.is_fresh(rendered.tags, rendered.position):
                return False
            variant.version = self.version
        return True

    def _load(self, path: str) -> Page | None:
        """Look on disk, where other workers leave what they rendered."""
        page = self._pages.get(path)
        if page is not None and any(variant.place is None for variant in page.variants.values()):
            return page  # light, or of a store that cannot be written
        for stored in self._store.find(path):
            if stored.rendered.position <= self.position and self.is_fresh(
                stored.rendered.tags, stored.rendered.position
            ):
                self._index(stored.rendered, stored.size, stored.place)
        return self._pages.get(path)

    # -- keeping

    def add(
        self, rendered: Rendered, body: bytes, stored: Stored | None, *, key: bytes | None = None
    ) -> Variant | None:
        """Take in a page that was rendered just now, unless it was purged meanwhile or does not fit.

        `key` is that of the store when it was begun: with another, its templates were changed since.
        """
        if key not in (None, self._store.key) or not self.is_fresh(rendered.tags, rendered.position):
            return None
        variant = self._index(rendered, len(body), stored.place if stored else None)
        if stored is None and not self._memory.put((variant, encodings.IDENTITY), body):
            del self._pages[rendered.path]
            return None
        return variant

    def _index(self, rendered: Rendered, size: int, place: Place | None) -> Variant:
        page = self._pages.get(rendered.path)
        if page is None or page.depends != rendered.depends:
            self._make_room()
            page = self._pages[rendered.path] = Page(rendered.depends)
        head, head_304 = self._head_of(rendered)
        is_packed = size >= encodings.SMALLEST and encodings.is_compressible(rendered.content_type)
        variant = Variant(rendered, head, head_304, size, place, is_packed, self.version)
        page.variants[rendered.key] = variant
        return variant

    def _head_of(self, rendered: Rendered) -> tuple[bytes, bytes]:
        told = ((":", str(rendered.status)), *rendered.headers)
        found = self._heads.get(told)
        if found is None:
            if len(self._heads) > MOST_LIGHT:
                self._heads.clear()
            head = wire.status_line(rendered.status) + wire.lines(rendered.headers)
            found = self._heads[told] = (head, wire.status_line(304) + wire.head_304(rendered.headers))
        return found

    def _make_room(self) -> None:
        """Forget the tenth of the index that was made first."""
        if len(self._pages) >= MOST_PATHS:
            for path in list(self._pages)[: MOST_PATHS // 10]:
                del self._pages[path]

    def forget_index(self) -> None:
        """Forget what stands where on disk, as after segments were dropped."""
        self._pages = {
            p: page for p, page in self._pages.items() if all(v.place is None for v in page.variants.values())
        }

    def forget_all(self) -> None:
        """Forget every page, as after the theme was changed."""
        self._pages.clear()
        self.often_read.clear()

    def forget_raised(self) -> None:
        """Forget raised members of whom no cookie can be in force any more."""
        now = time.time()
        self._raised = {member: held for member, held in self._raised.items() if held[1] > now}

    # -- bytes

    def body(self, variant: Variant, coding: str) -> bytes | None:
        """Return the body in a coding; None if it was lost."""
        place = variant.place
        if place is not None and coding == encodings.STORED and variant.is_packed:
            packed = place.read()
            return packed if len(packed) == place.length else None
        held = self._memory.get((variant, coding))
        if held is None:
            plain = self._plain(variant)
            if plain is None or coding == encodings.IDENTITY:
                return plain
            held = encodings.encode(plain, coding)
            self._memory.put((variant, coding), held)
        return held

    def _plain(self, variant: Variant) -> bytes | None:
        held = self._memory.get((variant, encodings.IDENTITY))
        if held is None and variant.place is not None:
            try:
                held = encodings.decode(variant.place.read())
            except (ValueError, OSError):
                return None
            self._memory.put((variant, encodings.IDENTITY), held)
        return held

    def forget(self, variant: Variant) -> None:
        """Forget a page whose body was lost."""
        page = self._pages.get(variant.rendered.path)
        if page is not None:
            page.variants.pop(variant.rendered.key, None)

    async def press_one(self, loop: asyncio.AbstractEventLoop, store: Store, press: Callable[[bytes], bytes]) -> None:
        """Compress one page that is read often as small as it gets, and let everybody have that from now on."""
        if not self.often_read:
            return
        variant = self.often_read.pop()
        body = self.body(variant, encodings.IDENTITY)
        if body is None or variant.place is None or not variant.is_packed or not self._holds(variant):
            return
        packed = await loop.run_in_executor(None, press, body)
        stored = await loop.run_in_executor(None, partial(store.keep, variant.rendered, size=len(body), packed=packed))
        if stored is not None:
            variant.place, variant.tails = stored.place, {}

    def _value(self) -> bytes:
        try:
            return self._counter.value()
        except OSError:
            return b""


def tags_with_site(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: in order, and always with the one that every page has."""
    return tuple(sorted({SITE, *tags}))
