"""`masthead manage`: Django's management commands, for developers."""

import argparse

from masthead.commands.starting import add_dir, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, then whatever Django's command takes."""
    add_dir(parser)
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="Django's command and its arguments")


def run(args: argparse.Namespace) -> int:
    """Pass on to Django; its errors are its own."""
    start_django(args.dir.expanduser().resolve())
    from django.core.management import execute_from_command_line

    execute_from_command_line(["masthead manage", *args.rest])
    return 0
