"""What a worker answers from: an index in memory over the store on disk, with the freshness of every page checked."""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from masthead.access.reader_key import ANYONE_KEY, Depends
from masthead.core.page_tags import SITE
from masthead.pagestore import encodings, wire
from masthead.pagestore.cookies import Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.known import Known
from masthead.pagestore.log import News
from masthead.pagestore.packing import Packing
from masthead.pagestore.rendered import Headers, Rendered
from masthead.pagestore.segments import Place
from masthead.pagestore.store import Store, Stored
from masthead.pagestore.variant import Page, Variant
from masthead.pagestore.visit import Visit

MOST_PATHS = 50_000  # in the index of one worker
MOST_LIGHT = 1_000  # paths at which something else stands, or nothing: whoever asks for nonsense pushes out nonsense
MOST_HEADS = 1_000
OFTEN = 20  # readings from one worker, after which a page is worth compressing as small as it gets
MOST_OFTEN = 1_000  # that wait to be pressed


class Reads(Protocol):
    """What can read the whole purge log."""

    def everything(self) -> News: ...


class Serving:
    """The serving copy of one worker. Only its event loop calls it."""

    def __init__(
        self,
        store: Store,
        counter: Counter,
        keys: Keys,
        *,
        ask_news: Callable[[int], Awaitable[News]],
        most_memory: int,
    ) -> None:
        """Answer from `store`; `ask_news` returns what was purged after a position; `most_memory` is in bytes."""
        self._store = store
        self.known, self._packing = Known(counter, keys, ask=ask_news), Packing(most_memory)
        self.look_for_news, self.catch_up = self.known.look_for_news, self.known.catch_up
        self.is_in_force = self.known.is_in_force
        self.body, self.body_soon, self.is_at_hand = (
            self._packing.body,
            self._packing.body_soon,
            self._packing.is_at_hand,
        )
        self._pages: dict[str, Page] = {}
        self._light: dict[str, None] = {}  # in the order in which they came
        self._heads: dict[Headers, tuple[bytes, bytes]] = {}
        self.often_read: deque[Variant] = deque(maxlen=MOST_OFTEN)

    @property
    def position(self) -> int:
        return self.known.position

    @property
    def is_lost(self) -> bool:
        return self.known.is_lost

    def start(self, reader: Reads) -> None:
        """Begin with everything that the log knows."""
        self.known.start(reader.everything)
        self._store.forget_after(self.position)

    # -- looking

    def find(self, path: str, visit: Visit) -> Variant | None:
        """Return the page for this visitor if one is kept that is fresh; the log has been looked at."""
        return self._held(self._pages.get(path), visit) or self._held(self._load(path), visit)

    def find_same(self, path: str) -> Variant | None:
        """Return a page that is the same for everybody, such as a feed, if a fresh one is kept."""
        return self._held_same(self._pages.get(path)) or self._held_same(self._load(path))

    def knows(self, path: str) -> bool:
        """Say whether anything fresh is kept of a path, for whomever."""
        return self._holds_any(self._pages.get(path)) or self._holds_any(self._load(path))

    def depends_of(self, path: str) -> Depends | None:
        """Return what a page depended on when it was last rendered; None if that is not known."""
        page = self._pages.get(path) or self._load(path)
        return page.depends if page is not None else None

    def _held(self, page: Page | None, visit: Visit) -> Variant | None:
        variant = page.variants.get(visit.key(page.depends)) if page is not None else None
        return variant if variant is not None and self.holds(variant) else None

    def _held_same(self, page: Page | None) -> Variant | None:
        variant = page.variants.get(ANYONE_KEY) if page is not None and page.depends.is_same else None
        return variant if variant is not None and self.holds(variant) else None

    def _holds_any(self, page: Page | None) -> bool:
        return page is not None and any(self.holds(variant) for variant in page.variants.values())

    def holds(self, variant: Variant) -> bool:
        """Say whether a page is fresh."""
        rendered = variant.rendered
        if rendered.until <= time.time():
            return False
        if variant.version != self.known.version:
            if not self.known.is_fresh(rendered.tags, rendered.position):
                return False
            variant.version = self.known.version
        return True

    def _load(self, path: str) -> Page | None:
        """Look on disk, where other workers leave what they rendered."""
        for stored in sorted(self._store.find(path), key=lambda stored: stored.rendered.position):
            if self._is_news(stored.rendered):
                self._index(stored.rendered, stored.size, stored.place)
        return self._pages.get(path)

    def _is_news(self, rendered: Rendered) -> bool:
        """Say whether a page on disk is fresh, and better than what stands in the index."""
        # From a position that is not known here, it may be of a log that a backup has taken the place of.
        if rendered.position > self.position or rendered.until <= time.time():
            return False
        page = self._pages.get(rendered.path)
        held = page.variants.get(rendered.key) if page is not None else None
        is_held = held is not None and self.holds(held) and held.rendered.position >= rendered.position
        return not is_held and self.known.is_fresh(rendered.tags, rendered.position)

    # -- keeping

    def add(
        self, rendered: Rendered, body: bytes, stored: Stored | None, *, key: bytes | None = None
    ) -> Variant | None:
        """Take in a page that was rendered just now, unless it was purged meanwhile or does not fit.

        `key` is that of the store when it was begun: with another, its templates were changed since.
        """
        if key not in (None, self._store.key) or not self.known.is_fresh(rendered.tags, rendered.position):
            return None
        variant = self._index(rendered, len(body), stored.place if stored else None)
        if stored is None and not self._packing.take_in(variant, body):
            self.forget(variant)
            return None
        return variant

    def _index(self, rendered: Rendered, size: int, place: Place | None) -> Variant:
        page = self._pages.get(rendered.path)
        if page is None or page.depends != rendered.depends:
            self._make_room(rendered)
            page = self._pages[rendered.path] = Page(rendered.depends)
        head, head_304 = self._head_of(rendered)
        is_packed = size >= encodings.SMALLEST and encodings.is_compressible(rendered.content_type)
        variant = Variant(rendered, head, head_304, size, place, is_packed, self.known.version)
        page.variants[rendered.key] = variant
        return variant

    def _head_of(self, rendered: Rendered) -> tuple[bytes, bytes]:
        told = ((":", str(rendered.status)), *rendered.headers)
        found = self._heads.get(told)
        if found is None:
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            head = wire.status_line(rendered.status) + wire.lines(rendered.headers)
            found = self._heads[told] = (head, wire.status_line(304) + wire.head_304(rendered.headers))
        return found

    def _make_room(self, rendered: Rendered) -> None:
        """Forget what was indexed first: one light answer for another, or a tenth of everything."""
        if rendered.status != 200:
            self._light[rendered.path] = None
            if len(self._light) > MOST_LIGHT:
                self._pages.pop(next(iter(self._light)), None)
                del self._light[next(iter(self._light))]
        if len(self._pages) >= MOST_PATHS:
            for path in list(self._pages)[: MOST_PATHS // 10]:
                del self._pages[path]

    def forget_all(self) -> None:
        """Forget every page, as after the theme was changed."""
        self._pages.clear()
        self._light.clear()
        self.often_read.clear()

    def forget(self, variant: Variant) -> None:
        """Forget a page whose body was lost."""
        page = self._pages.get(variant.rendered.path)
        if page is not None and page.variants.get(variant.rendered.key) is variant:
            del page.variants[variant.rendered.key]

    def forget_index(self) -> None:
        """Forget what stands where on disk, as after segments were dropped, so that their room is given back."""
        self._pages = {
            p: page for p, page in self._pages.items() if all(v.place is None for v in page.variants.values())
        }
        self.often_read.clear()

    def forget_raised(self) -> None:
        """Forget raised members of whom no cookie can be in force any more."""
        self.known.forget_raised()

    async def poll(self) -> None:
        """Read the log whatever the counter says."""
        await self.known.poll()


def tags_with_site(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: in order, and always with the one that every page has."""
    return tuple(sorted({SITE, *tags}))
