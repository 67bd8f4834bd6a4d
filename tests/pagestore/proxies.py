"""Real proxies before the real server: nginx and Caddy from Debian's packages, with the very files of docs/howto/proxy."""

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.commands.running import free_port, wait_for
from tests.core.test_fetching_tls import certificate
from tests.pagestore.live import Answer, ask
from tests.shape.sources import ROOT

FILES = ROOT / "docs" / "howto" / "proxy"
NAME = "paper.example"
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
NGINX, CADDY = shutil.which("nginx", path=SBIN), shutil.which("caddy", path=SBIN)
needs_nginx = pytest.mark.skipif(NGINX is None, reason="there is no nginx; install nginx-light")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="there is no Caddy; install caddy")
Changed = Callable[[str], str]

# What nginx has beside the file: Debian's nginx.conf, as far as it matters here.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
{user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/paper.conf;
}}
"""
# What Caddy is told in place of asking a certificate authority on the internet.
HEAD = """{{
	admin off
	http_port {plain}
	https_port {port}
	local_certs
	skip_install_trust
}}
"""


class Line(HTTPSConnection):
    """A connection to a proxy on this machine by the publication's name, from an address of one's own (127.0.0.0/8)."""

    def __init__(self, port: int, trusted: ssl.SSLContext, source: str) -> None:
        super().__init__(NAME, port, context=trusted, timeout=60)
        self.trusted, self.source = trusted, source

    def connect(self) -> None:
        """Connect, and say the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout, (self.source, 0))
        self.sock = self.trusted.wrap_socket(plain, server_hostname=NAME)


@dataclass
class Front:
    """A proxy that runs: its two ports, and whose certificate it shows."""

    folder: Path
    port: int
    plain: int
    trusted: ssl.SSLContext

    def line(self, source: str = "127.0.0.1") -> Line:
        """Return a connection that opens itself when it is first used."""
        return Line(self.port, self.trusted, source)

    def get(
        self, path: str, *, method: str = "GET", source: str = "127.0.0.1", cookie: str = "", **headers: str
    ) -> Answer:
        """Ask on a connection of its own."""
        line = self.line(source)
        try:
            return ask(line, path, method=method, headers=headers_of(headers, cookie))
        finally:
            line.close()

    def say(self, raw: bytes) -> bytes:
        """Send bytes, and return all that is answered until the proxy hangs up or is silent for two seconds."""
        plain = socket.create_connection(("127.0.0.1", self.port), 30)
        with self.trusted.wrap_socket(plain, server_hostname=NAME) as line:
            line.sendall(raw)
            line.settimeout(2)
            return b"".join(iter(lambda: _more(line), b""))


def headers_of(headers: Mapping[str, str], cookie: str = "") -> dict[str, str]:
    """Return headers with the publication's name; an underscore in one stands for a hyphen."""
    told = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
    return told | ({"Cookie": cookie} if cookie else {})


def _more(line: ssl.SSLSocket) -> bytes:
    try:
        return line.recv(65536)
    except (TimeoutError, ConnectionError):
        return b""


def substituted(text: str, places: Mapping[str, str]) -> str:
    """Put a test's ports and paths in the place of those of a server; each must be there."""
    for written, ours in places.items():
        assert written in text, f"the file does not say “{written}”"
        text = text.replace(written, ours)
    return text


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@contextmanager
def nginx(folder: Path, name: str, origin: int, *, change: Changed = lambda text: text) -> Iterator[Front]:
    """Run nginx with a file of docs/howto/proxy before a server at a port; `change` is what a test does to the file."""
    folder.mkdir()
    shown, port, plain = certificate(folder, NAME), free_port(), free_port()
    six = _has_ipv6()
    places = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": f"listen [::1]:{plain};" if six else "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "listen [::]:443 ssl http2;": f"listen [::1]:{port} ssl http2;" if six else "",
        "/etc/letsencrypt/live/paper.example/fullchain.pem": str(shown),
        "/etc/letsencrypt/live/paper.example/privkey.pem": str(shown),
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{origin};",
    }
    text = (FILES / name).read_text()
    if "proxy_cache_path" in text:
        places["/var/cache/nginx/paper"] = str(folder / "cache")
    (folder / "paper.conf").write_text(change(substituted(text, places)))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    words = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running(words, folder, port):
        yield Front(folder, port, plain, ssl.create_default_context(cafile=str(shown)))


@contextmanager
def caddy(folder: Path, origin: int, *, change: Changed = lambda text: text) -> Iterator[Front]:
    """Run Caddy with the file of docs/howto/proxy before a server at a port; `change` is what a test does to the file."""
    folder.mkdir()
    port, plain = free_port(), free_port()
    text = substituted((FILES / "Caddyfile.example").read_text(), {"127.0.0.1:8000": f"127.0.0.1:{origin}"})
    (folder / "Caddyfile").write_text(HEAD.format(plain=plain, port=port) + change(text))
    words = [str(CADDY), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    with _running(words, folder, port, HOME=str(folder), XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder)):
        wait_for(root.exists)
        front = Front(folder, port, plain, ssl.create_default_context(cafile=str(root)))
        wait_for(lambda: _answers(front), seconds=60)  # until it has made its certificate
        yield front


def _answers(front: Front) -> bool:
    try:
        return front.get("/healthz").status == 200
    except OSError:
        return False


@contextmanager
def _running(words: list[str], folder: Path, port: int, **more: str) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, env=os.environ | more, cwd=folder)
        try:
            wait_for(lambda: process.poll() is not None or _listens(port), seconds=60)
            assert process.poll() is None, (folder / "log").read_text()
            yield
        finally:
            process.terminate()
            process.wait(30)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
