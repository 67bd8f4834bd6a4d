"""Rendered pages, stores and what reads the log, for tests of the page store's own parts."""

import time
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from masthead.access.reader_key import Depends, Gate
from masthead.pagestore import encodings
from masthead.pagestore.cookies import Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.log import News
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store, Stored

KEY = b"k" * 32
KEYS = Keys("a secret", "http://paper.test")
MEGABYTE = 1024 * 1024
BODY = b"<p>The harbour froze in the night, and nobody sailed.</p>" * 40

words = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=20)
gates = st.builds(
    Gate, st.integers(1, 9), st.just("p0"), st.sampled_from(["public", "tiers"]), st.frozensets(st.integers(1, 5))
)
depends = st.one_of(st.just(Depends(is_same=True)), st.builds(Depends, st.just(False), st.none() | gates))


def page(
    path: str = "/a/", key: str = "a", *, position: int = 0, tags: Iterable[str] = ("site",), **more: object
) -> Rendered:
    """Return what is known of a page; its words are BODY unless a test says otherwise."""
    said: dict[str, object] = {
        "status": 200,
        "headers": (("content-type", "text/html; charset=utf-8"), ("cache-control", "public, max-age=0")),
        "etag": "e" * 32,
        "depends": Depends(),
        "until": time.time() + 1000,
    }
    return Rendered(path=path, key=key, position=position, tags=tuple(tags), **{**said, **more})  # type: ignore[arg-type]


def store_in(folder: Path, *, most: int = 64 * MEGABYTE, key: bytes = KEY) -> Store:
    """Return a store in a folder."""
    return Store(folder, key=key, most=most)


def put(store: Store, rendered: Rendered, body: bytes = BODY) -> Stored:
    """Keep a page; it must be kept."""
    stored = store.keep(rendered, size=len(body), packed=encodings.encode(body, "br"))
    assert stored is not None
    return stored


def words_of(stored: Stored) -> bytes:
    """Return the body of a stored page, unpacked."""
    return encodings.decode(stored.place.read())


class Log:
    """A purge log in memory, beside its counter; `is_broken` lets every reading fail."""

    def __init__(self, folder: Path) -> None:
        self.counter = Counter(folder / "counter")
        self.counter.renew()
        self.rows: list[tuple[int, str]] = []
        self.readings, self.is_broken = 0, False

    def purge(self, *tags: str, is_told: bool = True) -> int:
        """Purge tags; without telling, as a process does that is killed before it can."""
        serial = self.rows[-1][0] + 1 if self.rows else 1
        self.rows += [(serial, tag) for tag in tags]
        if is_told:
            self.counter.change()
        return serial

    def everything(self) -> News:
        """Return all that was purged."""
        return self._after(0)

    async def news(self, position: int) -> News:
        """Return what was purged after a position."""
        self.readings += 1
        if self.is_broken:
            raise TimeoutError
        return self._after(position)

    def _after(self, position: int) -> News:
        return News(self.rows[-1][0] if self.rows else 0, [row for row in self.rows if row[0] > position])


def serving_of(store: Store, log: Log, *, most_memory: int = 8 * MEGABYTE) -> Serving:
    """Return a worker's serving copy that has read the log."""
    serving = Serving(store, log.counter, KEYS, ask_news=log.news, most_memory=most_memory)
    serving.start(log)
    return serving
