"""What commands share: the publication's folder, and starting Django in it."""

import argparse
import os
from pathlib import Path

from masthead.commands import Refused
from masthead.core.config import FOLDER_VARIABLE, SETTINGS_FILE, Config


def add_dir(parser: argparse.ArgumentParser) -> None:
    """Give a command `--dir`."""
    default = Path(os.environ.get(FOLDER_VARIABLE) or ".")
    parser.add_argument(
        "--dir",
        type=Path,
        default=default,
        metavar="DIR",
        help="the publication's folder (default: the one you stand in)",
    )


def publication_folder(args: argparse.Namespace) -> Path:
    """Return the folder that `--dir` names; refuses one that is not there or holds no publication."""
    folder: Path = args.dir.expanduser().resolve()
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make a publication with `masthead new {args.dir}`.")
    if not (folder / SETTINGS_FILE).is_file():
        raise Refused(
            f"{folder} holds no publication ({SETTINGS_FILE} is missing). "
            "Name its folder with --dir, or make one with `masthead new DIR`."
        )
    return folder


def start_django(folder: Path) -> None:
    """Start Django on this folder's settings; refuses settings that cannot be used."""
    os.environ[FOLDER_VARIABLE] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error


def start_publication(args: argparse.Namespace) -> Path:
    """Start Django on the folder of `--dir` and refuse what a live site must not do; returns the folder."""
    folder = publication_folder(args)
    Config(folder).values()  # every one of them is looked at now, not when it is first used
    start_django(folder)
    from django.conf import settings

    from masthead.checks import refusals

    if refused := refusals(settings):
        raise Refused("\nmasthead: ".join(refused))
    return folder
