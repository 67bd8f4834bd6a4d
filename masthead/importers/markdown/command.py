"""`masthead import markdown DIR`."""

import argparse
import sys
from pathlib import Path

from masthead.importers.report import say

ABOUT = "a folder of Markdown files with front matter (Jekyll, Hugo, Eleventy, or ours)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this kind of import asks for."""
    parser.add_argument("path", type=Path, help="the folder; images are looked for beside the text")
    parser.add_argument("--pages", action="store_true", help="make standing pages instead of posts")
    parser.add_argument(
        "--overwrite", action="store_true", help="also replace posts that were changed at the desk since"
    )
    parser.add_argument("--quiet", action="store_true", help="print only the summary and what was not understood")


def run(args: argparse.Namespace) -> int:
    """Import and print the report; 1 if a file could not be imported, 2 if the path is no folder."""
    from masthead.importers.markdown.importing import import_folder

    if not args.path.is_dir():
        say(f"{args.path} is not a folder. Name the folder that holds the Markdown files.", sys.stderr)
        return 2

    def progress(done: int, total: int, name: str) -> None:
        if not args.quiet:
            say(f"[{done}/{total}] {name}", sys.stdout)

    kind = "page" if args.pages else "post"
    report = import_folder(args.path, kind=kind, overwrite=args.overwrite, progress=progress)
    for problem in report.problems:
        say(f"  {problem}", sys.stderr)
    say(report.summary, sys.stdout)
    return 1 if report.counts.get("failed") else 0
