"""The events of a JSON stream as rows of tables: `{meta, data: {table: [row]}}`, also within `{db: [...]}`."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import ijson

DEEPEST: Final = 64  # levels within one value; deeper is left out
HALF: Final = "\uffff"  # stands for half a letter (a lone surrogate) until its row is known
ESCAPES: Final = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\(?:u[dD][89a-fA-F]..|.)", re.DOTALL)
MAY_BE_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
LONGEST_HELD: Final = 1_000_000  # characters that may wait for the next piece
PAIR: Final = 12  # characters of a letter that JSON writes in two halves
STARTS, ENDS = ("start_map", "start_array"), ("end_map", "end_array")
Event = tuple[str, Any]


class Broken(Exception):
    """The JSON ends or breaks here."""


class TooDeep:
    """Stands for a value that is nested deeper than we read."""


def events_in(pieces: Iterable[bytes]) -> Iterator[Event]:
    """Parse JSON as it comes; bytes that are no UTF-8 become U+FFFD. Raises Broken, with line and byte, where it breaks."""
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    place = Place()
    for piece in filter(None, as_utf8(pieces)):  # an empty piece would mean the end
        try:
            parser.send(piece)
        except (ijson.JSONError, SystemError, ValueError, StopIteration) as error:
            # The last event may be half made.
            yield from list(events)[: -1 if isinstance(error, SystemError) else None]
            raise Broken(f"the JSON breaks near {place.after(piece, str(error))}") from error
        yield from events
        events.clear()
        place.pass_by(piece)
    try:
        parser.close()
    except ijson.JSONError as error:
        raise Broken(f"the JSON ends too early, after {place}") from error


def as_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the bytes as valid UTF-8, without a mark at its beginning; an escaped half of a letter becomes `HALF`."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    held = ""
    for piece in pieces:
        text = held + decoder.decode(piece)
        # An escape may go on in the next piece. A run of backslashes is taken apart from its start only.
        start = text.find("\\", max(0, len(text) - PAIR))
        whole = text[: len(text[:start].rstrip("\\"))] if start >= 0 and len(text) < LONGEST_HELD else text
        held = text[len(whole) :]
        yield _without_halves(whole).encode()
    yield _without_halves(held + decoder.decode(b"", final=True)).encode()


def _without_halves(text: str) -> str:
    if not MAY_BE_HALF.search(text):
        return text
    return ESCAPES.sub(lambda found: "\\uffff" if len(found[0]) == PAIR // 2 else found[0], text)


@dataclass
class Place:
    """How far a stream was read."""

    line: int = 1
    byte: int = 0

    def pass_by(self, piece: bytes) -> None:
        """Go past a piece."""
        self.line += piece.count(b"\n")
        self.byte += len(piece)

    def after(self, piece: bytes, said: str) -> "Place":
        """Return where within the piece the parser stopped: it quotes 30 bytes before and after, from column 10 on."""
        quoted = next(iter(said.split("\n")[1:]), "").encode()
        blank = piece.replace(b"\n", b" ").replace(b"\r", b" ")
        start = quoted[10:] if quoted[10:40].strip() and blank.find(quoted[10:]) >= 0 else quoted.lstrip()
        found = blank.find(start) if start else -1
        upto = piece[: found + 40 - (len(quoted) - len(start))] if found >= 0 else b""
        return Place(self.line + upto.count(b"\n"), self.byte + len(upto))

    def __str__(self) -> str:
        return f"line {self.line}, byte {self.byte}"


@dataclass
class Level:
    """One open object or list around the rows."""

    is_map: bool
    key: str = ""
    count: int = 0


@dataclass
class Builder:
    """Makes one value of its events, to a depth."""

    stack: list[Any] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    too_deep: int = 0
    value: Any = None

    def take(self, event: str, value: Any) -> bool:
        """Take one event; True once the value is whole."""
        if self.too_deep or (event in STARTS and len(self.stack) >= DEEPEST):
            self._pass_by(event)
        elif event == "map_key":
            self.keys[-1] = value
        elif event in STARTS:
            self._open({} if event == "start_map" else [])
        elif event in ENDS:
            self.stack.pop(), self.keys.pop()
        else:
            self._put(float(value) if isinstance(value, Decimal) else value)
        return not self.stack and not self.too_deep

    def _pass_by(self, event: str) -> None:
        self.too_deep += (event in STARTS) - (event in ENDS)
        if not self.too_deep:
            self._put(TooDeep)

    def _open(self, container: Any) -> None:
        self._put(container)
        self.stack.append(container)
        self.keys.append("")

    def _put(self, value: Any) -> None:
        if not self.stack:
            self.value = value
        elif isinstance(self.stack[-1], dict):
            self.stack[-1][self.keys[-1]] = value
        else:
            self.stack[-1].append(value)


def rows_in(events: Iterable[Event]) -> Iterator[tuple[str, Any]]:
    """Give (table, row) in the order of the file, and ("meta", object); what is no list of rows gives (table, TooDeep)."""
    around: list[Level] = []
    builder: Builder | None = None
    table = ""
    for event, value in events:
        if builder is None and event != "map_key" and event not in ENDS:
            table = _table_of(around)
            builder = Builder() if table else None
        if builder is not None:
            if builder.take(event, value):
                yield table, builder.value
                builder = None
        else:
            _go_on(around, event, value)


def _go_on(around: list[Level], event: str, value: Any) -> None:
    if event == "map_key":
        around[-1].key = value
    elif event in ENDS:
        around.pop()
    else:
        if around:
            around[-1].count += 1
        if event in STARTS:
            around.append(Level(event == "start_map"))


def _table_of(around: list[Level]) -> str:
    """Return which table a value that begins here is a row of; empty if it is none."""
    if len(around) >= 2 and around[0].key == "db" and not around[1].is_map and around[1].count <= 1:
        around = around[2:]
    keys = [level.key for level in around if level.is_map]
    if len(around) == 1 and keys == ["meta"]:
        return "meta"
    is_row = len(around) == 3 and len(keys) == 2 and keys[0] == "data" and not around[2].is_map
    return keys[1] if is_row else ""
