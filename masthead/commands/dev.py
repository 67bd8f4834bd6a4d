"""`masthead dev`: a publication for developers."""

import argparse
import subprocess
from pathlib import Path

from masthead.commands.children import command
from masthead.commands.part import Part
from masthead.commands.supervising import Tree
from masthead.commands.writing import write_secret, write_settings
from masthead.core.config import SETTINGS_FILE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder and the port."""
    parser.add_argument("--dir", type=Path, default=Path("publication"), help="its folder (default: publication)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="its port when it is first made")


def run(args: argparse.Namespace) -> int:
    """Run the publication of `--dir`, made if it is not there, and restart it when code changes."""
    folder: Path = args.dir.expanduser().resolve()
    if not (folder / SETTINGS_FILE).exists():
        make(folder, args.port)
    where = ("--dir", str(folder))
    code = subprocess.run(command("migrate", *where), check=False).returncode  # noqa: S603 (our own command)
    return code or Tree([Part(["web", "--reload", *where]), Part(["worker", *where])]).run()


def make(folder: Path, port: int) -> None:
    """Write the settings of a publication for developers."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    write_settings(
        folder, {"mode": "dev", "address": address, "server": {"port": port}, "billing": {"provider": "demo"}}
    )
    write_secret(folder, "MASTHEAD_SECRET_KEY")
