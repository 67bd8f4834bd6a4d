"""Load: wrk where it is installed, else threads of our own."""

import re
import shutil
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from statistics import quantiles

from bench.running import Failed, fetch

AT_ONCE = 8  # connections
SECONDS = 3  # of one round
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """What one round gave: requests per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def has_wrk() -> bool:
    """Say whether wrk is installed."""
    return shutil.which("wrk") is not None


def load(url: str, headers: dict[str, str]) -> Load:
    """Ask for one page as fast as it comes for some seconds; raises Failed if any answer was none."""
    return _wrk(url, headers) if has_wrk() else _threads(url, headers)


def visit(urls: Sequence[str], requests: int, *, at_once: int) -> None:
    """Ask for these pages in turn, so many requests in all; raises OSError for one that is not answered."""
    with ThreadPoolExecutor(at_once) as pool:
        for _ in pool.map(fetch, islice(cycle(urls), requests)):
            pass


def _wrk(url: str, headers: dict[str, str]) -> Load:
    told = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    words = ["wrk", "-t1", f"-c{AT_ONCE}", f"-d{SECONDS}s", "--latency", "--timeout", "10s", *told, url]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if done.returncode or "Non-2xx" in said or "Socket errors" in said:
        raise Failed(f"wrk met errors at {url}:\n{said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p50, p99 = (re.search(rf"\s{part}%\s+([\d.]+)(us|ms|s|m)\b", said) for part in (50, 99))
    if not (rate and p50 and p99):
        raise Failed(f"wrk said what was not understood:\n{said}")
    return Load(float(rate[1]), *(float(found[1]) * MILLISECONDS[found[2]] for found in (p50, p99)))


def _threads(url: str, headers: dict[str, str]) -> Load:
    deadline = time.perf_counter() + SECONDS
    took: list[float] = []
    broken: list[Exception] = []

    def work() -> None:
        try:
            took.extend(_until(deadline, url, headers))
        except (OSError, HTTPException, Failed) as error:
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken or len(took) < 2:
        raise Failed(f"{url} did not answer: {broken[:1]}")
    parts = quantiles(took, n=100)
    return Load(len(took) / SECONDS, parts[49] * 1000, parts[98] * 1000)


def _until(deadline: float, url: str, headers: dict[str, str]) -> list[float]:
    parts = urllib.parse.urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    took = []
    while (begun := time.perf_counter()) < deadline:
        connection.request("GET", parts.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Failed(f"{url} answered {answer.status}")
        took.append(time.perf_counter() - begun)
    connection.close()
    return took
