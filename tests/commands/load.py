"""Readers who ask without pause, each in a thread, and compare every answer with what it may be."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

PAUSE = 0.003  # seconds between two questions of one reader
NUMBER = re.compile(r"Number ([0-9]+)")
SEALED = "quicksilver"  # a word of the paid post behind the cut


@dataclass
class Reader:
    """One reader: whether the paid post is theirs, their cookies, and whether each question has a connection of its own."""

    pays: bool
    cookies: dict[str, str] = field(default_factory=dict)
    is_new_each_time: bool = False


@dataclass
class Load:
    """What readers met: how often they asked, where no whole answer came, which answers were wrong."""

    port: int
    paid_post: str
    known: int = 0  # the number in the title of a post that was out before a question began
    asked: int = 0
    failed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    longest: float = 0.0  # seconds between two good answers, of whomever
    _last: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fault_of(self, path: str, reader: Reader, known: int, status: int, page: str) -> str:
        """Say what is wrong with an answer; nothing if it may be so."""
        if status != 200:
            return f"{path} answered {status}"
        if path == self.paid_post:
            return "" if (SEALED in page) is reader.pays else f"{path} {'without' if reader.pays else 'with'} its body"
        newest = max((int(number) for number in NUMBER.findall(page)), default=-1)
        return "" if newest >= known else f"{path} showed {newest} after {known} was out"

    def read(self, reader: Reader, until: Callable[[], bool]) -> None:
        """Ask for the front page and the paid post in turn."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not until():
            for path in ("/", self.paid_post):
                if reader.is_new_each_time:
                    connection.close()
                self._ask(connection, path, reader)
                time.sleep(PAUSE)
        connection.close()

    def _ask(self, connection: HTTPConnection, path: str, reader: Reader) -> None:
        known = self.known
        try:
            sent = "; ".join(f"{name}={value}" for name, value in reader.cookies.items())
            connection.request("GET", path, headers={"Cookie": sent} if sent else {})
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            connection.close()
            self._note(failed=f"{path}: {error!r}")
            return
        for line in answer.msg.get_all("set-cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            reader.cookies[name] = value
        self._note(wrong=self.fault_of(path, reader, known, answer.status, page))

    def _note(self, *, failed: str = "", wrong: str = "") -> None:
        with self._lock:
            self.asked += 1
            if failed:
                self.failed.append(failed)
                return
            if wrong:
                self.wrong.append(wrong)
            now = time.monotonic()
            self.longest, self._last = max(self.longest, now - (self._last or now)), now

    def __str__(self) -> str:
        return (
            f"{self.asked} requests, {len(self.failed)} without an answer, {len(self.wrong)} wrong,"
            f" {self.known} posts published meanwhile, at most {self.longest:.2f} s between answers"
        )


@contextmanager
def loaded(load: Load, readers: list[Reader], publish: Callable[[int], object]) -> Iterator[Load]:
    """Let readers read, and a post with the next number come out three times a second, while the block runs."""
    done = threading.Event()

    def write() -> None:
        while not done.wait(0.3):
            publish(load.known + 1)
            load.known += 1

    threads = [threading.Thread(target=load.read, args=(reader, done.is_set)) for reader in readers]
    threads.append(threading.Thread(target=write))
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        done.set()
        for thread in threads:
            thread.join()
        print(load)
