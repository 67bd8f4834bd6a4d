"""Pages as a worker has them in its index."""

from dataclasses import dataclass, field

from masthead.access.reader_key import Depends
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.segments import Place


@dataclass(slots=True, eq=False)
class Variant:
    """One page for one Reader key, ready to be sent."""

    rendered: Rendered
    head: bytes  # status line and headers, shared by all pages that have the same
    head_304: bytes
    size: int  # bytes of the body in no coding
    place: Place | None  # None: in memory only
    is_packed: bool  # whether it is sent in any coding but identity
    version: int  # of what is known of the log, up to which it is known to be fresh
    tails: dict[str, bytes] = field(default_factory=dict)
    readings: int = 0


@dataclass(slots=True)
class Page:
    """Everything that is known of one path."""

    depends: Depends
    variants: dict[str, Variant] = field(default_factory=dict)
