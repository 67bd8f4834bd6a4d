"""The bodies of kept pages in every coding: small ones at once, large ones in a thread, so that the event loop never waits."""

import asyncio

from masthead.pagestore import encodings
from masthead.pagestore.memory import Memory
from masthead.pagestore.segments import Place
from masthead.pagestore.variant import Variant

AT_ONCE = 32 * 1024  # bytes: about a millisecond of compressing


class Packing:
    """Bodies of variants; what is made once is kept in memory. Only the event loop calls this."""

    def __init__(self, most: int) -> None:
        """Keep at most `most` bytes."""
        self._memory = Memory(most)
        self._making: dict[tuple[Variant, str], asyncio.Task[bytes | None]] = {}

    def take_in(self, variant: Variant, body: bytes) -> bool:
        """Keep the body of a page that stands nowhere else; say whether it fits."""
        return self._memory.put((variant, encodings.IDENTITY), body)

    def is_at_hand(self, variant: Variant, coding: str) -> bool:
        """Say whether `body` gives it at once."""
        return variant.size <= AT_ONCE or _is_as_stored(variant, coding) or (variant, coding) in self._memory

    def body(self, variant: Variant, coding: str) -> bytes | None:
        """Return the body in a coding; None if it was lost."""
        try:
            if _is_as_stored(variant, coding) and variant.place is not None:
                return variant.place.read()
            return self._memory.get((variant, coding)) or self._made(variant, coding)
        except (ValueError, OSError):
            return None

    async def body_soon(self, variant: Variant, coding: str) -> bytes | None:
        """Return the body in a coding, however large it is; None if it was lost."""
        if self.is_at_hand(variant, coding):
            return self.body(variant, coding)
        name = (variant, coding)
        if name not in self._making:
            self._making[name] = asyncio.get_running_loop().create_task(self._made_apart(variant, coding))
        return await asyncio.shield(self._making[name])

    async def _made_apart(self, variant: Variant, coding: str) -> bytes | None:
        plain = self._memory.get((variant, encodings.IDENTITY))
        try:
            body = await asyncio.to_thread(_packed, plain, variant.place, coding)
        except (ValueError, OSError):
            return None
        finally:
            self._making.pop((variant, coding), None)
        self._memory.put((variant, coding), body)
        return body

    def _made(self, variant: Variant, coding: str) -> bytes:
        plain = self._memory.get((variant, encodings.IDENTITY))
        body = _packed(plain, variant.place, coding)
        self._memory.put((variant, coding), body)
        return body


def _is_as_stored(variant: Variant, coding: str) -> bool:
    return variant.place is not None and variant.is_packed and coding == encodings.STORED


def _packed(plain: bytes | None, place: Place | None, coding: str) -> bytes:
    if plain is None:
        if place is None:
            raise ValueError("a body in memory had to make room")
        plain = encodings.decode(place.read())
    return encodings.encode(plain, coding)
