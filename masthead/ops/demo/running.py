"""`masthead demo`: makes the publication, starts it, says where it answers, and takes it away again."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from masthead.core.config import SETTINGS_FILE, Config

PERSONAS = ("free", "paid", "gold", "lapsed", "editor", "owner")
PATIENCE = 60  # seconds until the site must answer
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class DemoFailed(Exception):
    """The demo could not be started; the message says why."""


def run(*, port: int, folder: Path | None, as_json: bool, paper: Sequence[str] = ()) -> int:
    """Run the demo until Ctrl-C; with a folder it goes on from the data there the next time. Returns the exit code.

    `paper` is what `masthead import ghost` is told, to show a paper of one's own instead of ours.
    """
    if not _is_free(port):
        print(f"masthead: port {port} is in use. Choose another: masthead demo --port {port + 1}", file=sys.stderr)
        return 2
    if folder is not None:
        if _is_somebodys(folder):
            print(f"masthead: {folder} holds a publication that is no demo. Name another folder.", file=sys.stderr)
            return 2
        folder.mkdir(parents=True, exist_ok=True)
        return _run_in(folder, port, as_json, paper)
    with tempfile.TemporaryDirectory(prefix="masthead-demo-", ignore_cleanup_errors=True) as temporary:
        return _run_in(Path(temporary), port, as_json, paper)


def _is_somebodys(folder: Path) -> bool:
    """Whether settings stand there that a demo did not write; they are never overwritten."""
    written = folder / SETTINGS_FILE
    return written.exists() and Config(folder)["mode"] != "demo"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _run_in(folder: Path, port: int, as_json: bool, paper: Sequence[str]) -> int:
    key = _write_settings(folder, port)
    environment = os.environ | {"MASTHEAD_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "masthead.settings"}
    server: subprocess.Popen[bytes] | None = None
    # A shell that starts it in the background has SIGINT ignored; SIGHUP says that the terminal was closed.
    for number in STOPPING:
        signal.signal(number, signal.default_int_handler)
    try:
        _say("Making the publication ...", as_json)
        _do([sys.executable, "-m", "masthead", "migrate", "--dir", str(folder)], environment)
        if paper:
            _bring_in(folder, paper, environment, as_json)
        _do([sys.executable, "-m", "masthead.ops.demo.seed", *(["people"] if paper else [])], environment)
        server = subprocess.Popen(  # noqa: S603  (our own command)
            [sys.executable, "-m", "masthead", "serve", "--dir", str(folder)],
            env=environment | {"MASTHEAD_PARENT": str(os.getpid())},  # it stops should this process be killed
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches it through this process only, once
        )
        _wait(port, server)
        _announce(port, key, as_json)
        return server.wait()
    except DemoFailed as error:
        print(f"masthead: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # it is being done
        if server and server.poll() is None:
            server.terminate()
            server.wait()  # it ends within 30 seconds whatever happens


def _write_settings(folder: Path, port: int) -> str:
    """Write the folder's settings and return the key that signs a persona in; a kept folder keeps its secret."""
    (folder / SETTINGS_FILE).write_text(
        f'mode = "demo"\naddress = "http://127.0.0.1:{port}"\n\n[server]\nport = {port}\n\n[billing]\nprovider = "demo"\n',
        encoding="utf-8",
    )
    secret = folder / ".env"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(f"MASTHEAD_SECRET_KEY={secrets.token_urlsafe(50)}\n", encoding="utf-8")
    return secret.read_text(encoding="utf-8").strip().partition("=")[2]


def _do(words: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DemoFailed(f"the demo could not be made:\n{done.stderr.strip()[-2000:]}")


def _bring_in(folder: Path, paper: Sequence[str], environment: dict[str, str], as_json: bool) -> None:
    """Import a paper, with what it says on the terminal; what could not be taken in stops nothing."""
    words = [sys.executable, "-m", "masthead", "import", "ghost", *paper, "--dir", str(folder)]
    out = subprocess.DEVNULL if as_json else None
    if subprocess.run(words, env=environment, stdout=out, check=False).returncode > 1:  # noqa: S603
        raise DemoFailed("the paper could not be imported; what is wrong stands above.")


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise DemoFailed("the server stopped before it answered; its message stands above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise DemoFailed(f"the site did not answer within {PATIENCE} seconds.")


def _announce(port: int, key: str, as_json: bool) -> None:
    from masthead.ops.demo.keys import persona_key

    site = f"http://127.0.0.1:{port}"
    people: dict[str, str | None] = {"anyone": None}
    people |= {name: f"{site}/demo/as/{name}/?key={persona_key(key, name)}" for name in PERSONAS}
    told = {"site": f"{site}/", "desk": f"{site}/desk/", "outbox": f"{site}/outbox/", "personas": people}
    if as_json:
        print(json.dumps(told), flush=True)
        return
    print(f"\n  The paper:   {told['site']}\n  Its desk:    {told['desk']}\n  Its outbox:  {told['outbox']}\n")
    print("  Read as:")
    for name, address in people.items():
        print(f"    {name:<8} {address or told['site']}")
    print("\n  Ctrl-C stops it.", flush=True)


def _say(words: str, as_json: bool) -> None:
    if not as_json:
        print(words, flush=True)
