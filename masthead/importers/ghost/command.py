"""`masthead import ghost EXPORT.json [MEMBERS.csv]`."""

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from masthead.importers.report import one_line

if TYPE_CHECKING:
    from masthead.importers.ghost.options import Options

ABOUT = "an export of Ghost (1 to 6): posts, pages, tags, authors, tiers, newsletters, and its members"
KEY_VARIABLE = "GHOST_ADMIN_KEY"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this kind of import asks for."""
    parser.add_argument(
        "path", type=Path, help="the export of Ghost's Settings, Import/Export: .json, .json.gz or .zip"
    )
    parser.add_argument("members", type=Path, nargs="?", help="the list of members (CSV) from Ghost's Members page")
    parser.add_argument("--images", type=Path, metavar="DIR", help="Ghost's content folder, or its images folder")
    parser.add_argument(
        "--site", default="", metavar="URL", help="the running Ghost: pictures and the rest come from it"
    )
    parser.add_argument(
        "--key-file", metavar="FILE", help=f"its Admin API key, in a file (- for stdin), or in {KEY_VARIABLE}"
    )
    parser.add_argument("--key", default="", help="the same key; others on this machine can see it: use --key-file")
    parser.add_argument("--routes", type=Path, metavar="FILE", help="routes.yaml, for addresses that are not /slug/")
    parser.add_argument("--redirects", type=Path, metavar="FILE", help="redirects.json or redirects.yaml")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the report is written (Markdown)")
    parser.add_argument(
        "--rehearse",
        action="store_true",
        help="mark the publication as a rehearsal: no letter goes out until the desk ends it",
    )
    parser.add_argument("--overwrite", action="store_true", help="also replace what was changed at the desk since")
    parser.add_argument("--quiet", action="store_true", help="print only the summary and what was not understood")


def run(args: argparse.Namespace) -> int:
    """Import and print the report; 1 if something could not be imported, 2 if the export cannot be read at all."""
    from masthead.importers.ghost.importing import import_ghost
    from masthead.importers.ghost.staging import ExportError

    def progress(stage: str, done: int, total: int) -> None:
        if not args.quiet:
            _say(f"[{stage} {done}/{total}]", sys.stdout)

    # A shell that starts it in the background has it ignored; what is long must be stoppable.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        done = import_ghost(_options(args), progress=progress)
    except ExportError as error:
        _say(str(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        _say("Stopped. What came in so far is kept; the same command goes on from there.", sys.stderr)
        return 130
    for problem in done.report.problems:
        _say(f"  {problem}", sys.stderr)
    for line in (done.report.summary, *done.comparison):
        _say(line, sys.stdout)
    return 1 if any(word.endswith("failed") for word in done.report.counts) else 0


def _options(args: argparse.Namespace) -> "Options":
    from masthead.importers.ghost.options import Options
    from masthead.importers.ghost.staging import ExportError

    files = {name: getattr(args, name) for name in ("members", "images", "routes", "redirects")}
    for path in (args.path, *files.values()):
        if path is not None and not path.exists():
            raise ExportError(f"There is nothing at {path}.")
        if path is not None and path.is_dir() != (path == args.images):
            raise ExportError(
                f"{path} is {'a folder, where a file' if path.is_dir() else 'a file, where a folder'} is asked for."
            )
    return Options(
        args.path, **files, site=_site(args.site), key=_key(args), report=args.report,
        rehearse=args.rehearse, overwrite=args.overwrite,
    )  # fmt: skip


def _site(address: str) -> str:
    from masthead.importers.ghost.staging import ExportError

    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise ExportError(f"“{address}” is no address; write it as https://paper.example.")
    return address.rstrip("/")


def _key(args: argparse.Namespace) -> str:
    """Read the key from where it was put; one on the command line is taken, with a warning."""
    from masthead.importers.ghost.staging import ExportError

    if (args.key or args.key_file) and not args.site:
        raise ExportError("A key is for asking the running Ghost. Name that too: --site https://paper.example.")
    if args.key:
        _say("The key stands on the command line, where others on this machine can see it. Use --key-file.", sys.stderr)
        return str(args.key).strip()
    if args.key_file == "-":
        return sys.stdin.readline().strip()
    if args.key_file:
        try:
            return Path(args.key_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ExportError(
                f"The key cannot be read from {args.key_file}: {getattr(error, 'strerror', '') or 'it is no text'}. "
                "Put Ghost's Admin API key into a file, alone, and name that."
            ) from error
    return os.environ.get(KEY_VARIABLE, "").strip()


def _say(line: str, out: TextIO) -> None:
    """Print one line, whatever is in it and whatever letters the terminal has."""
    encoding = out.encoding or "utf-8"
    print(one_line(line).encode(encoding, "backslashreplace").decode(encoding), file=out, flush=True)
