"""`masthead import masthead DIR`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from masthead.importers.report import say

ABOUT = "a whole publication, as `masthead export` wrote it, into an empty one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this kind of import asks for."""
    parser.add_argument("path", type=Path, help="the folder, .zip or .tar that `masthead export` wrote")
    parser.add_argument("--quiet", action="store_true", help="print only the summary")


def run(args: argparse.Namespace) -> int:
    """Import and say what came in; 1, with one line and nothing changed, if it cannot be taken in."""
    from django.utils import timezone

    from masthead.core.carrying import OutError
    from masthead.importers.whole.bringing_in import bring_in
    from masthead.importers.whole.sources import source_at

    def progress(line: str) -> None:
        if not args.quiet:
            say(line, sys.stdout)

    try:
        manifest = bring_in(source_at(args.path), at=timezone.now(), say=progress)
    except OutError as error:
        say(f"Nothing was imported. {error}", sys.stderr)
        return 1
    except OSError as error:
        say(f"Nothing was imported: {error.strerror or error}.", sys.stderr)
        return 1
    for line in _to_be_looked_at():
        say(line, sys.stdout)
    counts = manifest.counts
    say(
        f"{manifest.publication}: {counts.get('posts', 0)} posts and {counts.get('members', 0)} members came in.",
        sys.stdout,
    )
    return 0


def _to_be_looked_at() -> Iterator[str]:
    """Say what an export decides of who may do what here: it may have passed through other hands."""
    from masthead.core.models import Publication
    from masthead.members.models import Member

    for member in Member.objects.staff().order_by("role", "email"):
        yield f"has a desk: {member.email} ({member.role})"
    publication = Publication.current()
    if not publication.staff_second_factor:
        yield "staff need no passkey: whoever reads a staff member's mail can open the desk (Settings)"
    if publication.runs_custom_code:
        yield "code in pages and posts is sent to readers (Settings)"
