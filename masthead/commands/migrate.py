"""`masthead migrate`: brings the database and the static files up to date."""

import argparse
from hashlib import blake2b
from pathlib import Path

from masthead.commands.starting import add_dir, start_publication


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    """Bring everything up to date; quick, and silent, where nothing changed."""
    start_publication(args)
    bring_up_to_date()
    return 0


def bring_up_to_date() -> None:
    """Migrate the database and collect static files, each only if it must be."""
    from django.conf import settings
    from django.core.management import call_command

    settings.CONFIG.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # the server's account alone reads it
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static(Path(settings.STATIC_ROOT))


def _collect_static(root: Path) -> None:
    """Collect static files unless those collected last were the same."""
    from django.core.management import call_command

    stamp = root.parent / "static.stamp"
    state = _state_of_static()
    if root.is_dir() and stamp.is_file() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _state_of_static() -> str:
    """Return a digest of every static file's name, size and time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = blake2b(digest_size=16)
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
