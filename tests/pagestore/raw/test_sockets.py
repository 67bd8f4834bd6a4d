"""The same on real sockets, with uvloop where it is installed."""

import asyncio
import random
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from masthead.pagestore.sweeping import Times
from tests.pagestore.raw.cases import CASES, HIT, MISS, get, post
from tests.pagestore.raw.pair import LARGEST, Pair, cut, make_pair, speak
from tests.pagestore.raw.served import DEADLINE, exchange, served, without_date
from tests.pagestore.raw.test_heads import REFUSED

QUICK = Times(head=0.5, body=0.5, taking=0.5, slowest=500, at_rest=0.7, linger=0.2)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return make_pair(tmp_path_factory.mktemp("sockets"))


@pytest.fixture(scope="module")
def ours(pair: Pair) -> Iterator[int]:
    with served(pair, is_ours=True) as port:
        yield port


@pytest.fixture(scope="module")
def stock(pair: Pair) -> Iterator[int]:
    with served(pair, is_ours=False) as port:
        yield port


@pytest.mark.parametrize("name", CASES)
def test_both_answer_the_same_on_sockets(pair: Pair, ours: int, stock: int, name: str) -> None:
    request = CASES[name]
    told, ends = asyncio.run(speak(pair.stock, [request]))
    expected = without_date(told), ends
    assert exchange(stock, [request], length=len(told), ends=ends) == expected
    assert exchange(ours, [request], length=len(told), ends=ends) == expected
    chance = random.Random(name)
    pieces = cut(request, [chance.randrange(9999) for _ in range(3)])
    told, ends = asyncio.run(speak(pair.ours, pieces))
    assert exchange(ours, pieces, length=len(told), ends=ends) == (without_date(told), ends)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_large_is_refused_on_sockets(pair: Pair, ours: int, name: str) -> None:
    request, status = REFUSED[name]
    answered, _ = exchange(ours, [request[:9_000]] if status == b"414" else [request], length=0, ends=True)
    # What was still being sent may be answered by a reset that overtakes the answer, as by stock uvicorn.
    assert answered.startswith(b"HTTP/1.1 " + status) or (not answered and len(request) > 65_536)
    assert answered.count(b"HTTP/1.1") <= 1


@pytest.mark.parametrize(
    "request_",
    [
        post(b"Content-Length: %d" % (LARGEST + 1), body=b"x" * (LARGEST + 1)),
        post(b"Content-Length: 99999999999", body=b"x" * 100_000),
        post(b"Transfer-Encoding: chunked", body=(b"ffff\r\n" + b"x" * 65_535 + b"\r\n") * 20),
        post(b"Content-Length: %d" % (LARGEST + 1), b"Expect: 100-continue"),
    ],
    ids=["just too large", "much too large", "in chunks", "100-continue"],
)
def test_a_body_that_is_too_large_is_refused_in_words(ours: int, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", ours), timeout=DEADLINE) as client:
        sending = threading.Thread(target=_send, args=(client, request_))
        sending.start()
        answered = client.recv(65_536)
        sending.join(DEADLINE)
    assert answered.startswith(b"HTTP/1.1 413 ") and b"At most 1000000 bytes" in answered
    assert b"100 Continue" not in answered


def _send(client: socket.socket, sent: bytes) -> None:
    client.sendall(sent)


def test_those_at_rest_make_room_for_readers(pair: Pair) -> None:
    with served(pair, is_ours=True, most=200) as port:
        idle = [socket.create_connection(("127.0.0.1", port), timeout=DEADLINE) for _ in range(400)]
        for client in idle[::2]:
            client.sendall(HIT)
        assert _closed(idle) >= 200
        for request in (HIT, MISS):
            told, ends = asyncio.run(speak(pair.stock, [request]))
            assert exchange(port, [request], length=len(without_date(told)), ends=ends)[0] == without_date(told)
        for client in idle:
            client.close()


def _closed(clients: list[socket.socket]) -> int:
    """Count connections that the server closed, once it has had the time; what it answered before is passed over."""
    found, deadline = 0, time.monotonic() + DEADLINE
    open_ = list(clients)
    while found < 200 and time.monotonic() < deadline:
        still = []
        for client in open_:
            client.setblocking(False)
            try:
                while client.recv(65_536):
                    pass
                found += 1
            except BlockingIOError:
                still.append(client)
            except ConnectionError:
                found += 1
        open_ = still
        time.sleep(0.05)
    return found


def test_slow_clients_are_told_so_and_closed(pair: Pair) -> None:
    with served(pair, is_ours=True, times=QUICK) as port:
        slow = {
            "head": (b"GET / HTTP/1.1\r\nHost: paper.example\r\n", b"HTTP/1.1 408 "),
            "head behind a page": (HIT + b"G", b"HTTP/1.1 200 "),
            "body": (post(b"Content-Length: 500", body=b"x"), b""),
            "silent": (b"", b""),
            "at rest": (HIT, b"HTTP/1.1 200 "),
        }
        for name, (sent, begins) in slow.items():
            answered, is_over = exchange(port, [sent], length=0, ends=True)
            assert is_over and answered.startswith(begins), name
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(DEADLINE)
        client.connect(("127.0.0.1", port))
        with client:
            client.sendall(get(b"/large/") * 300)
            time.sleep(3)  # it takes nothing meanwhile; that is what is tried
            read = 0
            try:
                while piece := client.recv(1 << 20):
                    read += len(piece)
            except ConnectionResetError:
                pass
            assert read < 300 * 128_000


def test_a_server_stops_though_a_client_takes_nothing(pair: Pair) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with served(pair, is_ours=True) as port:
            client.connect(("127.0.0.1", port))
            client.sendall(get(b"/large/") * 300)
            time.sleep(0.2)
