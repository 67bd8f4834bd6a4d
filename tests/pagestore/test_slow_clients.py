"""Clients that are slow, or take nothing, hold neither Django's threads nor other readers (CHECKS.md 119, 140)."""

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.running import wait_for
from tests.pagestore.live import Live, live

SIZE = 24 * 1024 * 1024  # bytes of the film; more than the kernel takes for a client that reads nothing
THREADS = 2
# Of Django's every time: with a query, nothing is kept.
NOT_KEPT = "/search/?q=ships"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with one web worker of two threads."""
    lines = (f"server.threads = {THREADS}", "server.largest_body = 20")
    with live(tmp_path_factory.mktemp("slow") / "paper", lines=lines) as site:
        site.act("make_cast")
        site.act("publish", title="Ships", text="They sail.")
        yield site


def connected(site: Live, sent: bytes, *, takes: int | None = None) -> socket.socket:
    """Open a connection and send something; `takes` is how many bytes the client's side lets arrive before they are read."""
    client = socket.socket()
    if takes is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
    client.settimeout(30)
    client.connect(("127.0.0.1", site.port))
    client.sendall(sent)
    return client


def is_open(client: socket.socket) -> bool:
    """Say whether the server holds this connection and has answered nothing that was not read."""
    client.setblocking(False)
    try:
        return bool(client.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False


@contextmanager
def crowd(site: Live, film: str) -> Iterator[list[socket.socket]]:
    """Hold 100 connections whose headers arrive by the byte, 50 whose bodies do, and 20 that take a film and do not read it."""
    host = f"Host: 127.0.0.1:{site.port}\r\n".encode()
    head = b"GET / HTTP/1.1\r\n" + host
    body = b"POST /sign-in/ HTTP/1.1\r\n" + host + b"Content-Length: 100000\r\n\r\n"
    download = b"GET " + film.encode() + b" HTTP/1.1\r\n" + host + b"\r\n"
    slow = [connected(site, head) for _ in range(100)] + [connected(site, body) for _ in range(50)]
    taking = [connected(site, download, takes=4096) for _ in range(20)]
    is_over = threading.Event()
    trickling = threading.Thread(target=_trickle, args=(slow, is_over))
    trickling.start()
    try:
        yield slow + taking
    finally:
        is_over.set()
        trickling.join()
        for client in slow + taking:
            client.close()


def _trickle(slow: list[socket.socket], is_over: threading.Event) -> None:
    while not is_over.wait(0.5):
        for client in slow:
            with contextlib.suppress(OSError):
                client.send(b"X")


def test_readers_are_served_beside_a_crowd_of_slow_clients(site: Live) -> None:
    film = site.act("publish_file", size=SIZE)["path"]
    with crowd(site, film) as slow:
        for _ in range(5):
            assert site.get("/").status == 200
            assert site.get("/").is_from_store
            answer = site.get(NOT_KEPT)
            assert answer.status == 200 and not answer.is_from_store
        assert sum(map(is_open, slow)) == len(slow)  # they were all there meanwhile
        # Those whose headers do not end are sent away; the rest of the crowd has more time.
        wait_for(lambda: sum(map(_is_refused, slow[:100])) == 100, seconds=60)
        assert site.get(NOT_KEPT).status == 200


def _is_refused(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(12, socket.MSG_PEEK) in (b"HTTP/1.1 408", b"")
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_more_downloads_than_threads_leave_django_answering(site: Live) -> None:
    film = site.act("publish_file", size=SIZE)
    request = f"GET {film['path']} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nConnection: close\r\n\r\n".encode()
    slow = [connected(site, request, takes=4096) for _ in range(4 * THREADS)]
    try:
        begun = [client.recv(12) for client in slow]
        assert begun == [b"HTTP/1.1 200"] * len(slow)
        for _ in range(4):
            assert site.get(NOT_KEPT).status == 200
        whole = bytearray()
        slow[0].settimeout(30)
        while piece := slow[0].recv(1 << 20):
            whole += piece
        assert hashlib.sha256(whole.partition(b"\r\n\r\n")[2]).hexdigest() == film["sha256"]
    finally:
        for client in slow:
            client.close()


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        (None, 200, slice(0, None)),
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=1000-1999", 206, slice(1000, 2000)),
        ("bytes=-300", 206, slice(-300, None)),
        ("bytes=700000-", 206, slice(700_000, None)),
        ("bytes=9999999-", 416, slice(0, 0)),
        ("bytes=5-2", 200, slice(0, None)),
    ],
)
def test_a_part_of_a_file_is_sent(site: Live, asked: str | None, status: int, expected: slice) -> None:
    size = 768 * 1024
    film = site.act("publish_file", size=size)["path"]
    whole = bytes(range(256)) * (size // 256)
    answer = site.get(film, headers={"Range": asked} if asked else {})
    assert (answer.status, answer.body) == (status, whole[expected])
    etag = answer.headers["etag"]
    assert site.get(film, headers={"If-None-Match": etag}).status == 304
    assert site.get(film, headers={"If-None-Match": '"another"'}).status == 200
    head = site.get(film, method="HEAD")
    assert head.status == 200 and head.body == b"" and int(head.headers["content-length"]) == size


def test_files_that_were_sent_are_closed(site: Live) -> None:
    film = site.act("publish_file", size=1024 * 1024)["path"]
    site.get(film)
    before = _open_files(site)
    for _ in range(20):
        assert site.get(film).status == 200
        client = connected(site, f"GET {film} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        client.close()  # in the middle
    wait_for(lambda: _open_files(site) <= before + 2, seconds=30)


def _open_files(site: Live) -> int:
    return len(list(Path(f"/proc/{site.workers[0].pid}/fd").iterdir()))


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/sign-in/", 6_000_000, 413),
        ("/no/such/page/", 6_000_000, 413),
        ("/desk/", 6_000_000, 403),  # taken, and then refused for want of a token
        ("/ghost/api/admin/posts/", 6_000_000, 403),
        ("/desk/", 21_000_000, 413),
    ],
)
def test_only_staff_and_their_programs_bring_much(site: Live, path: str, size: int, status: int) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as client:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Length: {size}\r\n\r\n".encode()
        sending = threading.Thread(target=_send, args=(client, head + b"x" * size))
        sending.start()
        answered = client.recv(65_536)
        sending.join(30)
    assert answered.startswith(f"HTTP/1.1 {status} ".encode()), answered[:200]


def _send(client: socket.socket, sent: bytes) -> None:
    with contextlib.suppress(OSError):
        client.sendall(sent)


def form_headers(site: Live) -> dict[str, str]:
    """Return the headers of a form whose token is good, so that Django reads on."""
    token = next(cookie for cookie in site.get("/sign-in/").cookies if cookie.startswith("csrf="))
    value = token.partition(";")[0]
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": value,
        "X-CSRFToken": value.partition("=")[2],
    }


def test_a_hundred_thousand_parameters_are_refused(site: Live) -> None:
    form = "&".join(f"p{number}=1" for number in range(100_000)).encode()
    assert site.get("/sign-in/", method="POST", body=form, headers=form_headers(site)).status == 400
    assert site.get("/sign-in/", method="POST", body=form[:5_000], headers=form_headers(site)).status == 422
    assert site.get("/search/?" + form.decode()[:8_000]).status == 400
    assert site.get("/search/?" + form.decode()[:9_000]).status == 414


def test_deep_json_and_huge_cookies_are_refused_or_answered(site: Live) -> None:
    kind = {"Content-Type": "application/json"}
    deep = site.get("/ghost/api/admin/posts/", method="POST", body=b"[" * 1_000_000, headers=kind)
    assert deep.status == 403  # no key; with one it is 400 (tests/api/admin/test_door.py)
    assert site.get("/", headers={"Cookie": "a=" + "b" * 31_000}).status == 200
    many = "; ".join(f"c{number}=1" for number in range(3_000))
    assert site.get("/", headers={"Cookie": many}).status == 200
    assert site.get("/", headers={"Cookie": many * 2}).status == 431


def test_a_body_in_chunks_reaches_django_whole(site: Live) -> None:
    told = "".join(f"{name}: {value}\r\n" for name, value in form_headers(site).items())
    head = (
        f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n{told}Transfer-Encoding: chunked\r\n\r\n".encode()
    )
    form = b"email=nobody-in-chunks@"  # no address: the form comes back with it
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(form[at : at + 5]), form[at : at + 5]) for at in range(0, len(form), 5))
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as client:
        client.sendall(head + chunks + b"0\r\n\r\n")
        answered = bytearray()
        while b"</html>" not in answered:
            piece = client.recv(65_536)
            assert piece, answered
            answered += piece
    assert b"nobody-in-chunks@" in answered
