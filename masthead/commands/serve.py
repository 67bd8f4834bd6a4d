"""`masthead serve`: web workers and task worker as one process tree."""

import argparse
import math
import subprocess

from masthead.commands.children import Child, command
from masthead.commands.following import follow_parent
from masthead.commands.part import say
from masthead.commands.serving import Publication
from masthead.commands.starting import add_dir, publication_folder
from masthead.commands.supervising import Tree


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    """Bring the publication up to date, then run its web workers and task worker until stopped.

    This process loads no Django: it stays small, and what a live site is refused is said by `migrate`.
    """
    publication = Publication(publication_folder(args))
    follow_parent(alone=0)  # the demo's
    publication.port.hold()
    code = subprocess.run(command("migrate", *publication.where), check=False).returncode  # noqa: S603 (our own command)
    if code:
        return code
    return publication.serve(tasks=True, before_renewing=lambda tree: _is_migrated(tree, publication))


def _is_migrated(tree: Tree, publication: Publication) -> bool:
    """Bring the publication up to date before new processes start; the old ones go on whatever comes of it."""
    first = tree.parts[0]
    migrating = Child(["migrate", *publication.where])
    first.leaving.append(migrating)
    tree.wait_for(lambda: migrating.code() is not None, seconds=math.inf)
    if tree.is_stopping():
        return False
    tree.let_go(first, migrating, seconds=0)
    if migrating.code():
        say("the publication could not be brought up to date; what runs goes on as it was")
    return not migrating.code()
