"""Writing a publication as Ghost exports itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from masthead.core.snapshot import snapshot
from masthead.importers.to_ghost.letters import write_newsletters, write_snippets
from masthead.importers.to_ghost.members import write_members
from masthead.importers.to_ghost.people import write_authors, write_tags
from masthead.importers.to_ghost.places import redirects, routes
from masthead.importers.to_ghost.posts import Posts
from masthead.importers.to_ghost.selling import write_offers, write_tiers
from masthead.importers.to_ghost.settings import write_settings
from masthead.importers.to_ghost.spooling import Spool
from masthead.importers.to_ghost.uploads import Uploads
from masthead.importers.whole.copying import copy
from masthead.importers.whole.targets import Target

Say = Callable[[str], None]


@dataclass
class GhostOut:
    """What was written: rows by table, and what Ghost has no place for."""

    counts: dict[str, int] = field(default_factory=dict)
    members: int = 0
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # files that the storage has not


def write_ghost(target: Target, *, at: datetime, say: Say) -> GhostOut:
    """Write export.json, members.csv, redirects.yaml, routes.yaml and content/, as they stand at one moment.

    The site may go on running. What fails leaves nothing behind.
    """
    try:
        out = _written(target, at, say)
        target.finish()
    except BaseException:
        target.discard()
        raise
    return out


def _written(target: Target, at: datetime, say: Say) -> GhostOut:
    out = GhostOut()
    with snapshot():
        uploads = Uploads()
        _write_rows(target, uploads, out, at, say)
        with target.file("members.csv") as file:
            out.members = write_members(file, at=at, say=say)
        with target.file("redirects.yaml") as file:
            file.write(redirects().encode())
    files = list(uploads.files())
    for number, (name, kept) in enumerate(files, 1):
        if not copy(target, name, kept):
            out.missing.append(name)
        if number % 100 == 0 or number == len(files):
            say(f"files: {number} of {len(files)}")
    return out


def _write_rows(target: Target, uploads: Uploads, out: GhostOut, at: datetime, say: Say) -> None:
    spool = Spool()
    write_settings(spool, uploads)
    write_authors(spool, uploads)
    write_tags(spool, uploads)
    write_newsletters(spool, out.notes.append)
    write_tiers(spool, out.notes.append)
    write_offers(spool)
    write_snippets(spool, uploads)
    live = Posts(spool, uploads).write()
    say(f"posts: {spool.counts['posts']}")
    out.counts = dict(spool.counts)
    with target.file("routes.yaml") as file:
        file.write(routes(live, out.notes.append).encode())
    with target.file("export.json") as file:
        spool.write(file, at=at)
