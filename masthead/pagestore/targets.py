"""The target of a request: its path, exactly as it was asked for, and whether a question stands behind it."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

# Names that campaigns and networks hang on an address to count where readers come from: they change nothing on a page.
IGNORED: Final = frozenset(
    """utm_source utm_medium utm_campaign utm_term utm_content utm_id gclid dclid gbraid wbraid fbclid msclkid twclid ttclid
    li_fat_id igshid mc_cid mc_eid _hsenc _hsmi ref_src""".split()
)
LONGEST: Final = 2_000  # characters of a query that is looked at


@dataclass(frozen=True, slots=True)
class Target:
    """A raw path, and whether anything was asked behind it that may change the answer."""

    path: str
    has_query: bool


def read_target(raw_path: bytes, query: bytes) -> Target:
    """Read a request's target; names that only count visits are no question."""
    return Target(raw_path.decode("latin-1"), bool(query) and not _is_ignored(query))


def _is_ignored(query: bytes) -> bool:
    if len(query) > LONGEST:
        return False
    names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    return bool(names) and all(name.lower() in IGNORED for name in names)
