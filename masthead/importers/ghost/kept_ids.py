"""Ghost's own ids as our public ids, so that programs that noted one find the same thing here."""

import re
from collections.abc import Collection
from typing import Final

from django.db.models import Model

GHOSTS: Final = re.compile(r"[0-9a-f]{24}")
MADE_HERE: Final = "f"  # what an id begins with that our API makes (api/content/ids.py); Ghost's begin with their time


def kept_id(model: type[Model], foreign_id: str, *, taken: Collection[str] | None = None) -> dict[str, str]:
    """Return the public id for a new row as a field to make it with; nothing where Ghost's cannot be kept.

    `taken` holds public ids that rows have, where many were looked up together.
    """
    is_kept = hasattr(model, "public_id") and GHOSTS.fullmatch(foreign_id) and not foreign_id.startswith(MADE_HERE)
    if not is_kept:
        return {}
    if taken is None:
        taken = [foreign_id] if model._default_manager.filter(public_id=foreign_id).exists() else []
    return {} if foreign_id in taken else {"public_id": foreign_id}
