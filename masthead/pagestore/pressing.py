"""Pressing: pages that are read often are compressed once more, as small as they get, while nobody needs the processor."""

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from masthead.pagestore import encodings
from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store, Stored
from masthead.pagestore.variant import Variant

LAST_NICE = 19  # nice(1): only time that nobody else wants
LARGEST = 1024 * 1024  # bytes; a larger one would take seconds


class Press:
    """The press of one worker: one page at a time, in a thread that gives way to everything."""

    def __init__(self, serving: Serving, store: Store, *, press: Callable[[bytes], bytes] | None = None) -> None:
        self._serving, self._store, self._press = serving, store, press or encodings.encode_smaller
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="press", initializer=_give_way)

    async def press_one(self) -> None:
        """Compress the page that became one of the often read last, and let everybody have that from now on.

        What another worker pressed is taken as it is. What was purged or rendered anew meanwhile stays as that left it.
        """
        if not self._serving.often_read:
            return
        variant = self._serving.often_read.pop()
        if variant.place is None or not variant.is_packed or variant.size > LARGEST or not self._serving.holds(variant):
            return
        stored = self._pressed_by_another(variant) or await self._pressed(variant)
        if stored is not None:
            variant.place = stored.place
            variant.tails.pop(encodings.STORED, None)

    def _pressed_by_another(self, variant: Variant) -> Stored | None:
        return next(
            (
                stored
                for stored in self._store.find(variant.rendered.path)
                if stored.rendered == variant.rendered
                and variant.place is not None
                and stored.place.length < variant.place.length
            ),
            None,
        )

    async def _pressed(self, variant: Variant) -> Stored | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._press_here, variant)

    def _press_here(self, variant: Variant) -> Stored | None:
        if variant.place is None:
            return None
        try:
            packed = variant.place.read()
            plain = encodings.decode(packed)
        except (OSError, ValueError):
            return None
        smaller = self._press(plain)
        if len(smaller) >= len(packed):
            return None
        return self._store.press(variant.rendered, size=variant.size, former=packed, packed=smaller)


def _give_way() -> None:
    """Let this thread have only time that nobody else wants (Linux: a thread has its own nice)."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LAST_NICE)
