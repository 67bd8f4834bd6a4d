"""`masthead export PATH`: takes a whole publication out."""

import argparse
import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.commands import Refused
from masthead.commands.import_command import refuse_old_database
from masthead.commands.starting import add_dir, start_publication

if TYPE_CHECKING:
    from masthead.importers.whole.targets import Target

Say = Callable[[str], None]
Done = tuple[str, list[str], list[str]]  # the summary, notes, and files that were missing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder or archive to write, and in whose shape."""
    add_dir(parser)
    parser.add_argument(
        "path", type=Path, help="a folder that is empty or not there yet, or a name that ends in .zip or .tar"
    )
    parser.add_argument(
        "--ghost", action="store_true", help="write what Ghost imports, instead of Masthead's own format"
    )
    parser.add_argument("--quiet", action="store_true", help="print only the summary")


def run(args: argparse.Namespace) -> int:
    """Export; 1 with one line if it cannot be written, or if a file of the publication was not there to be."""
    start_publication(args)
    refuse_old_database()
    from masthead.core.carrying import OutError

    try:
        return _export(args)
    except OutError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        say_why(error, args.path)
        return 1


def _export(args: argparse.Namespace) -> int:
    from masthead.importers.report import say
    from masthead.importers.whole.targets import target_for

    def progress(line: str) -> None:
        if not args.quiet:
            say(line, sys.stdout)

    target = target_for(args.path.expanduser().resolve())
    summary, notes, missing = (_ghost if args.ghost else _whole)(target, progress)
    for line in notes:
        say(f"  {line}", sys.stderr)
    for name in missing:
        say(f"  {name}: its file is missing in data/media; the rest is there", sys.stderr)
    say(f"{summary} are in {args.path}.", sys.stdout)
    return 1 if missing else 0


def _whole(target: "Target", progress: Say) -> Done:
    from django.utils import timezone

    from masthead.importers.whole.taking_out import take_out

    out = take_out(target, at=timezone.now(), say=progress)
    counts, files = out.manifest.counts, len(out.manifest.files)
    return f"{counts['posts']} posts, {counts['members']} members and {files} files", [], out.missing


def _ghost(target: "Target", progress: Say) -> Done:
    from django.utils import timezone

    from masthead.importers.to_ghost.writing import write_ghost

    out = write_ghost(target, at=timezone.now(), say=progress)
    return f"{out.counts['posts']} posts and pages, and {out.members} members, for Ghost,", out.notes, out.missing


def say_why(error: OSError, path: Path) -> None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        print(
            f"masthead: the disk is full: {path} was not written. Free some space, or name a place on another disk.",
            file=sys.stderr,
        )
    else:
        print(f"masthead: {path} was not written: {error.strerror or error}.", file=sys.stderr)
