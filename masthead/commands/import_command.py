"""`masthead import KIND PATH`: brings a publication in from elsewhere."""

import argparse
from importlib import import_module
from pathlib import Path

from masthead.commands import Refused
from masthead.commands.starting import add_dir, start_publication


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the kind; each kind adds what it takes itself."""
    from masthead.importers import KINDS

    kinds = parser.add_subparsers(metavar="KIND", required=True, dest="kind")
    for name, module_name in KINDS.items():
        module = import_module(module_name)
        kind = kinds.add_parser(name, help=module.ABOUT, description=module.ABOUT)
        add_dir(kind)
        module.add_arguments(kind)


def run(args: argparse.Namespace) -> int:
    """Import into the publication of `--dir`."""
    from masthead.importers import KINDS

    path = getattr(args, "path", None)
    if isinstance(path, str | Path) and not Path(path).exists():
        raise Refused(f"There is nothing at {path}.")
    start_publication(args)
    refuse_old_database()
    code: int = import_module(KINDS[args.kind]).run(args)
    return code


def refuse_old_database() -> None:
    """Refuse a publication whose database was never made, or is of an earlier release."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        is_due = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        is_due = True
    if is_due:
        raise Refused("the database is not up to date. Run `masthead migrate --dir DIR` first.")
