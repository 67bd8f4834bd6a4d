"""`masthead serve`: web server and worker as one process tree."""

import argparse
import subprocess

from masthead.commands.starting import add_dir, publication_folder
from masthead.commands.supervising import Part, command, supervise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    """Bring the publication up to date, then run its web server and worker until stopped.

    This process loads no Django: it stays small, and what a live site is refused is said by `migrate`.
    """
    where = ("--dir", str(publication_folder(args)))
    code = subprocess.run(command("migrate", *where), check=False).returncode  # noqa: S603 (our own command)
    return code or supervise([Part(["web", *where]), Part(["worker", *where])])
