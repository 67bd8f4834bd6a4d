"""A server of plain files to compare with: nginx where it is installed, else Python's own."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.running import free_port, running, wait_for

CONFIG = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  default_type "text/html; charset=utf-8";
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def name() -> str:
    """Say which server it is."""
    return "nginx" if _nginx() else "python -m http.server (nginx is not installed)"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the files in `files` below this folder while it lasts, and give the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(_command(folder, port)) as process:
        wait_for(address, process)
        yield address


def _nginx() -> str | None:
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def _command(folder: Path, port: int) -> list[str]:
    nginx = _nginx()
    if nginx is None:
        served = ["--bind", "127.0.0.1", "--directory", str(folder / "files"), str(port)]
        return [sys.executable, "-m", "http.server", *served]
    # Started by root, its worker would become somebody who may not read the temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, user=user), encoding="utf-8")
    return [nginx, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(config)]
