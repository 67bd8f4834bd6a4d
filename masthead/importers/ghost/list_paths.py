"""Giving tags and authors the addresses that routes.yaml gave them."""

from masthead.content.addresses import AddressError
from masthead.content.models import Author, Tag
from masthead.content.own_paths import give_own_path
from masthead.importers.ghost.counterparts import find
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

OWN_PATH = "own_path"  # in the facts of a counterpart: what routes.yaml said the last time


def told_before(kind: str, row: Row) -> str | None:
    """Return the address that routes gave this row in an earlier run; None if there was none. Ask before it is remembered anew."""
    known = find(kind, row.id)
    return known.facts.get(OWN_PATH) if known else None


def give_path(run: Run, row: Row, target: Tag | Author, path: str, before: str | None) -> None:
    """Let the tag or author stand where routes say; what the desk decided since stays while the routes are the same."""
    if path == (before or "") and not run.options.overwrite:
        return
    try:
        give_own_path(target, path, at=run.at)
    except AddressError as error:
        run.problem(row, f"could not have its address {path}: {error}")
