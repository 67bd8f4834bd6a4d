"""Copying a file of the storage into an export."""

import shutil

from django.core.files.storage import default_storage

from masthead.importers.whole.targets import Target

PIECE = 1024 * 1024  # bytes


def copy(target: Target, name: str, kept: str) -> bool:
    """Copy `kept` of the storage to `name` in the export; False if the storage has it no more."""
    try:
        original = default_storage.open(kept)
    except FileNotFoundError:
        return False
    with original, target.file(name) as file:
        shutil.copyfileobj(original, file, PIECE)
    return True
