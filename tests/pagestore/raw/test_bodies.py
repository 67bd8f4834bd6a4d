"""Bodies: how large, how many at once, and that none of Django's threads waits for one (CHECKS.md 119, 140, 143)."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from a2wsgi import WSGIMiddleware

from masthead.pagestore import asking, sending
from masthead.pagestore.bodies import ARRIVING_IN_MEMORY, Body, Full, Gone, Room, TooLarge, taken_in
from masthead.pagestore.claims import Claims
from masthead.pagestore.front import Application, Front
from masthead.pagestore.limits import LARGEST_OF_ANYONE, Limits
from masthead.pagestore.visit import Unreadable, Visit

Message = dict[str, Any]
SIZE = 100_000  # bytes; more than waits in memory
THREADS = 2


def receiving(*pieces: bytes, ends: bool = True) -> Callable[[], Any]:
    """Return what a client sends: these pieces, and then no more, or it goes."""
    left = list(pieces)

    async def receive() -> Message:
        if not left:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left) or not ends}

    return receive


class Heard:
    """What a client hears."""

    def __init__(self) -> None:
        self.status, self.body = 0, b""
        self.headers: dict[bytes, bytes] = {}

    async def __call__(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.headers |= dict(message.get("headers", []))
        self.body += message.get("body", b"")


def whole(body: Body) -> bytes:
    """Read a body to its end."""
    return b"".join(iter(body.read, b""))


def test_a_body_takes_room_until_it_is_closed(tmp_path: Path) -> None:
    room = Room(tmp_path, most=3 * SIZE)
    pieces = [b"x" * 10_000] * 10
    body = asyncio.run(taken_in(receiving(*pieces), most=SIZE, room=room))
    assert whole(body) == b"x" * SIZE and room.taken == SIZE
    assert list(tmp_path.iterdir()) == []  # it has no name
    body.close()
    body.close()
    assert room.taken == 0


def test_a_common_form_takes_no_room(tmp_path: Path) -> None:
    full = Room(tmp_path, most=0)
    assert whole(asyncio.run(taken_in(receiving(b"x" * ARRIVING_IN_MEMORY), most=SIZE, room=full))) != b""
    with pytest.raises(Full):
        asyncio.run(taken_in(receiving(b"x" * ARRIVING_IN_MEMORY, b"x"), most=SIZE, room=full))


@pytest.mark.parametrize(
    ("pieces", "ends", "error"),
    [([b"x" * SIZE, b"x"], True, TooLarge), ([b"x" * SIZE], False, Gone), ([b"x" * SIZE] * 4, True, Full)],
)
def test_what_is_not_taken_gives_its_room_back(
    tmp_path: Path, pieces: list[bytes], ends: bool, error: type[Exception]
) -> None:
    room = Room(tmp_path, most=2 * SIZE)
    most = SIZE if error is TooLarge else 10 * SIZE
    with pytest.raises(error):
        asyncio.run(taken_in(receiving(*pieces, ends=ends), most=most, room=room))
    assert room.taken == 0


def test_a_disk_that_is_full_is_a_full_room(tmp_path: Path) -> None:
    room = Room(tmp_path / "no such folder", most=10 * SIZE)
    with pytest.raises(Full):
        asyncio.run(taken_in(receiving(b"x" * SIZE), most=SIZE, room=room))
    assert room.taken == 0


def test_anybody_brings_little_and_staff_much(tmp_path: Path) -> None:
    limits = Limits(tmp_path, largest=200_000_000)
    assert [limits.most(path) for path in ("/", "/sign-in/", "/desk", "/desks/", "//desk/")] == [LARGEST_OF_ANYONE] * 5
    assert [limits.most(path) for path in ("/desk/", "/desk/import/", "/ghost/api/admin/x/")] == [200_000_000] * 3
    assert limits.room("/desk/") is not limits.room("/")


def test_a_refusal_lets_the_rest_arrive() -> None:
    heard, rest = Heard(), receiving(*[b"x"] * 50)
    asyncio.run(sending.refuse(heard, rest, 503, "Later."))
    assert (heard.status, heard.body, heard.headers[b"retry-after"]) == (503, b"Later.\n", b"30")
    assert asyncio.run(rest())["type"] == "http.disconnect"


def test_a_refusal_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LINGER", 0.01)

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    heard = Heard()
    asyncio.run(sending.refuse(heard, never, 413, "Less."))
    assert heard.status == 413


# -- what Django is told


def test_names_with_underscores_are_left_out() -> None:
    headers = [(b"x_forwarded_for", b"10.0.0.1"), (b"content_length", b"5"), (b"x-forwarded-for", b"192.0.2.1")]
    assert asking.for_django({"headers": headers}, None)["headers"] == [(b"x-forwarded-for", b"192.0.2.1")]


def test_several_cookies_are_one_as_a_browser_would_write_it() -> None:
    headers = [(b"cookie", b"a=1"), (b"host", b"x"), (b"cookie", b"b=2")]
    assert asking.for_django({"headers": headers}, None)["headers"] == [(b"host", b"x"), (b"cookie", b"a=1; b=2")]


def test_a_body_in_chunks_has_a_length(tmp_path: Path) -> None:
    headers = [(b"transfer-encoding", b"chunked"), (b"host", b"x")]
    body = asyncio.run(taken_in(receiving(b"hel", b"lo"), most=9, room=Room(tmp_path, most=9)))
    assert asking.for_django({"headers": headers}, body)["headers"] == [(b"host", b"x"), (b"content-length", b"5")]
    body.close()


# -- threads


def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Read the body and answer it, as Django would in one of its threads."""
    read = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [read]


def _unreadable(headers: list[tuple[bytes, bytes]]) -> Visit:
    raise Unreadable


def application(folder: Path, *, reads_whole: bool) -> Application:
    """Return Django's bridge with two threads behind our front, or without it."""
    bridge = cast(Application, WSGIMiddleware(cast(Any, django), workers=THREADS))
    limits = Limits(folder, largest=SIZE)
    front = Front(bridge, cast(Any, None), Claims(folder / "claims"), read=_unreadable, limits=limits)
    front._serving = cast(Any, type("NoPages", (), {"position": 0}))
    return front if reads_whole else bridge


@pytest.mark.parametrize("reads_whole", [True, False])
def test_slow_bodies_hold_no_thread(tmp_path: Path, reads_whole: bool) -> None:
    """Five bodies that do not end, and one that does: without our front both threads would wait for the first two."""

    async def ask() -> bytes:
        asked = application(tmp_path, reads_whole=reads_whole)
        is_over = asyncio.Event()

        async def slow() -> Message:
            await is_over.wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {
            "type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "http_version": "1.1",
            "headers": [(b"content-length", b"5")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "state": {},
        }  # fmt: skip
        waiting = [asyncio.create_task(_ask(asked, scope, slow, Heard())) for _ in range(5)]
        await asyncio.sleep(0.05)
        heard = Heard()
        one = asyncio.create_task(_ask(asked, scope, receiving(b"hello"), heard))
        await asyncio.wait([one], timeout=20 if reads_whole else 0.5)
        answered = heard.body
        is_over.set()
        await asyncio.gather(one, *waiting)
        return answered

    assert asyncio.run(ask()) == (b"hello" if reads_whole else b"")


async def _ask(asked: Application, scope: Message, receive: Any, heard: Heard) -> None:
    await asked(dict(scope), receive, heard)
