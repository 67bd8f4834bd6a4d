"""`masthead worker`: does what is queued."""

import argparse

from masthead.commands.following import follow_parent, say_ready
from masthead.commands.starting import add_dir, start_publication


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    """Work until stopped."""
    start_publication(args)
    follow_parent()
    from masthead.ops.worker import run as work

    say_ready()
    work()
    return 0
