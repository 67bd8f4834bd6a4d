"""Bodies that a worker keeps in memory: at most so many bytes, those used last."""

from collections import OrderedDict
from collections.abc import Hashable

OVERHEAD = 200  # bytes for each, beside the body


class Memory:
    """Bodies by key; the one that was not used for longest goes first."""

    def __init__(self, most: int) -> None:
        """Keep at most `most` bytes; a body of more than a quarter of them is not kept at all."""
        self._most, self.size = most, 0
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable) -> bytes | None:
        """Return a body, and note that it was used."""
        body = self._bodies.get(key)
        if body is not None:
            self._bodies.move_to_end(key)
        return body

    def put(self, key: Hashable, body: bytes) -> bool:
        """Keep a body; say whether it fits."""
        self.drop(key)
        if len(body) + OVERHEAD > self._most // 4:
            return False
        self._bodies[key] = body
        self.size += len(body) + OVERHEAD
        while self.size > self._most:
            _, oldest = self._bodies.popitem(last=False)
            self.size -= len(oldest) + OVERHEAD
        return True

    def drop(self, key: Hashable) -> None:
        """Forget a body."""
        body = self._bodies.pop(key, None)
        if body is not None:
            self.size -= len(body) + OVERHEAD

    def __contains__(self, key: Hashable) -> bool:
        return key in self._bodies

    def __len__(self) -> int:
        return len(self._bodies)
