"""The W3C's Nu checker as a server on loopback."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.commands.running import free_port, status_at, wait_for
from tests.shape.sources import ROOT

JAR = ROOT / ".tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")
MISSING = "java is missing" if JAVA is None else "" if JAR.exists() else "vnu-jar is missing: .ci/run fetches it"
START_TIME = 60  # seconds


@dataclass(frozen=True)
class Checker:
    """Judges HTML and CSS."""

    port: int

    def errors(self, text: str, kind: str = "text/html") -> list[str]:
        """Return what is wrong, each with its place."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?out=json",
            data=text.encode(),
            headers={"Content-Type": f"{kind}; charset=utf-8"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            messages = json.load(answer)["messages"]
        wrong = [message for message in messages if message["type"] != "info"]
        return [f"line {row.get('lastLine')}: {row['message']} {row.get('extract', '')}" for row in wrong]


@contextmanager
def checker() -> Iterator[Checker]:
    """Run the checker until the end of the block."""
    port = free_port()
    loopback = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = [str(JAVA), "-Xss1m", "-cp", str(JAR), loopback, "nu.validator.servlet.Main", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: status_at(port) is not None, seconds=START_TIME)
        yield Checker(port)
    finally:
        process.terminate()
        process.wait(30)
