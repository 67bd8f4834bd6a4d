"""Our server and stock uvicorn with the same application and the same kept pages, spoken to in bytes, without a socket."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from masthead.access.reader import Reader
from masthead.access.reader_key import ANYONE_KEY, Depends
from masthead.pagestore.claims import Claims
from masthead.pagestore.cookies import Keys, ReaderCookie
from masthead.pagestore.counter import Counter
from masthead.pagestore.front import Front
from masthead.pagestore.limits import Limits
from masthead.pagestore.log import News
from masthead.pagestore.protocol import PageProtocol
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import Serving
from masthead.pagestore.site import Site
from masthead.pagestore.store import Store
from masthead.pagestore.visit import Names

HOST = b"paper.example"
NAMES = Names(session=b"session", reader=b"reader", unlocked=b"unlocked", messages=b"messages")
KEYS = Keys("a secret of these tests", "http://paper.example")
DATE = (b"date", b"Thu, 01 Jan 2026 00:00:00 GMT")
FOR_MEMBERS = Depends(False, None)
MARK = b"x-kept: "
WISHES = (b"connection", b"upgrade")  # for the server, not for the application
TURNS = 14  # of the event loop, in which every answer is out that nothing is waited for
LARGEST = 1_000_000  # bytes of a body

_HEAD = re.compile(rb"HTTP/1\.1 [0-9]{3}[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n")
Protocol = Callable[[], HttpToolsProtocol]


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answer what was asked, as it was understood."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body, more = body + message["body"], message["more_body"]
    headers = [(name, value) for name, value in scope["headers"] if name not in WISHES]
    told = [scope["method"], scope["http_version"], scope["raw_path"], scope["query_string"], headers, body]
    text = "\n".join(map(repr, told)).encode()
    sent = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": sent})
    await send({"type": "http.response.body", "body": text, "more_body": False})


class Knows:
    """A purge log in which nothing ever happens."""

    def everything(self) -> News:
        """Return nothing."""
        return News(0, [])


def page(path: str, text: str, *, status: int = 200, depends: Depends = FOR_MEMBERS, key: str = ANYONE_KEY) -> Rendered:
    """Return a page that is kept; MARK shows in an answer that it is one."""
    headers = (("content-type", "text/html; charset=utf-8"), ("vary", "Accept-Encoding"), ("x-kept", path))
    etag = f"{abs(hash((path, text))):032x}"[:32]
    return Rendered(path, key, status, headers, etag, depends, ("site",), 0, 4e9)


async def _nothing(position: int) -> News:
    return News(position, [])


def serving(folder: Path) -> Serving:
    """Return a serving copy that holds the pages of these tests."""
    counter = Counter(folder / "counter")
    counter.renew()
    store = Store(folder / "pages", key=b"key", most=10**8)
    made = Serving(store, counter, KEYS, ask_news=_nothing, most_memory=10**7)
    made.start(Knows())
    member = FOR_MEMBERS.key(Reader(is_member=True))
    kept = [
        (page("/", "front"), b"<p>The front page</p>" * 150),
        (page("/", "front of members", key=member), b"<p>The front page of members</p>" * 150),
        (page("/short/", "short"), b"<p>Short</p>"),
        (page("/gone/", "gone", status=404), b"<p>Nothing is here.</p>"),
        (page("/feed/", "feed", depends=Depends(True, None)), b"<rss/>" * 100),
        (page("/large/", "large"), b"0123456789abcdef" * 8_000),
    ]
    for rendered, body in kept:
        assert made.add(rendered, body, None) is not None
    return made


def reader_cookie(*, session: str = "s1") -> bytes:
    """Return the cookies of a member whose reader cookie is in force."""
    told = ReaderCookie("m1", 0, 4_000_000_000, frozenset())
    return f"session={session}; reader={KEYS.reader_cookie(told, session=session)}".encode()


class Wire:
    """The client's end and the transport in one: what was sent is `sent`, taken unless `is_full`."""

    def __init__(self) -> None:
        self.sent = bytearray()
        self.is_closed = self.is_reading_paused = False
        self.is_full = False  # the client takes nothing: what is sent waits
        self.waiting = 0
        self.protocol: HttpToolsProtocol | None = None

    def write(self, piece: bytes) -> None:
        """Send; after the end it is a fault that uvicorn's transport would hide."""
        assert not self.is_closed, f"written after the end: {piece!r}"
        self.sent += piece
        if self.is_full:
            self.waiting += len(piece)
            if self.waiting > 65536 and self.protocol is not None:
                self.protocol.pause_writing()

    def take_all(self) -> None:
        """Let the client take what waits."""
        self.waiting = 0
        assert self.protocol is not None
        self.protocol.resume_writing()

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def close(self) -> None:
        self.is_closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        self.is_reading_paused = True

    def resume_reading(self) -> None:
        self.is_reading_paused = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": ("127.0.0.1", 5000), "sockname": ("127.0.0.1", 80)}.get(name, default)


@dataclass
class Side:
    """One of the two: how its connections are made."""

    make: Callable[..., HttpToolsProtocol]
    config: uvicorn.Config
    state: ServerState = field(default_factory=ServerState)

    def connect(self) -> tuple[HttpToolsProtocol, Wire]:
        """Open a connection; an event loop must run."""
        self.state.default_headers = [DATE]
        wire = Wire()
        made = self.make(self.config, self.state, {}, asyncio.get_running_loop())
        made.connection_made(wire)  # type: ignore[arg-type]
        wire.protocol = made
        return made, wire


@dataclass
class Pair:
    """Ours, and stock uvicorn."""

    ours: Side
    stock: Side
    site: Site


def make_pair(folder: Path, protocol: type[PageProtocol] = PageProtocol) -> Pair:
    """Make both: with an application that answers kept pages by the slow way and echoes the rest."""
    site = Site(serving(folder), hosts=frozenset({HOST}), names=NAMES, keys=KEYS)
    limits = Limits(folder, largest=LARGEST)
    front = Front(echo, site.serving, Claims(folder / "claims"), read=site.read, limits=limits)
    config = uvicorn.Config(
        front, ws="none", lifespan="off", access_log=False, server_header=False, log_level="critical"
    )
    config.load()
    return Pair(Side(type("Ours", (protocol,), {"site": site}), config), Side(HttpToolsProtocol, config), site)


async def speak(side: Side, pieces: Iterable[bytes]) -> tuple[bytes, bool]:
    """Send pieces, each when the one before has been dealt with; return what came back and whether the connection ended."""
    protocol, wire = side.connect()
    for piece in pieces:
        if wire.is_closed:
            break
        protocol.data_received(piece)
        await settle()
    if not wire.is_closed:
        ended = False
        protocol.connection_lost(ConnectionResetError())
    else:
        ended = True
        protocol.connection_lost(None)
    await settle()
    return normal(bytes(wire.sent)), ended


async def settle() -> None:
    """Let everything happen that nothing is waited for."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


def normal(sent: bytes) -> bytes:
    """Return what was sent with the headers of kept pages in the order of the alphabet; all else stays as it was."""
    return _HEAD.sub(lambda found: _sorted(found[0]) if MARK in found[0] or b" 304 " in found[0] else found[0], sent)


def _sorted(head: bytes) -> bytes:
    first, *lines = head[:-4].split(b"\r\n")
    return b"\r\n".join([first, *sorted(lines)]) + b"\r\n\r\n"


def splits(request: bytes) -> Iterator[Sequence[bytes]]:
    """Return the request in two pieces, at every byte."""
    return ((request[:place], request[place:]) for place in range(1, len(request)))


def cut(request: bytes, places: Iterable[int]) -> list[bytes]:
    """Return the request cut at these places."""
    bounds = sorted({0, len(request), *(place % len(request) for place in places)})
    return [request[start:end] for start, end in itertools.pairwise(bounds)]
