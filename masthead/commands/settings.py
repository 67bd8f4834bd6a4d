"""`masthead settings`: each value, and where it comes from."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from masthead.commands.starting import add_dir, publication_folder, start_django
from masthead.core.config import Config

Row = tuple[str, str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    """Print every setting of machine, secrets and publication; a secret only as set or not set."""
    folder = publication_folder(args)
    rows = [("setting", "value", "source"), *_of_the_machine(folder), *_of_the_publication(folder)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, source in rows:
        print(f"{name:{widths[0]}}  {value:{widths[1]}}  {source}")
    return 0


def _of_the_machine(folder: Path) -> Iterator[Row]:
    for value in Config(folder).values():
        yield value.setting.name, without_password(value.shown), value.source


def _of_the_publication(folder: Path) -> Iterator[Row]:
    """What is set at the desk; nothing before the database is there."""
    start_django(folder)
    from django.db import DatabaseError

    from masthead.core.models import Publication

    try:
        row = Publication.objects.filter(pk=1).first()
    except DatabaseError:
        return
    for field in Publication._meta.concrete_fields[1:]:
        value, default = getattr(row or Publication(), field.name), getattr(Publication(), field.name)
        yield f"publication.{field.name}", str(value), "default" if value == default else "desk"


def without_password(value: str) -> str:
    """Mask the password in an address such as postgresql://user:password@host/name."""
    return re.sub(r"(://[^:/@]+):[^@]*@", r"\1:***@", value)
