"""`masthead demo`: a publication to click through."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, a folder to keep, and whether to print JSON."""
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port to answer at (default: 8000)")
    parser.add_argument("--dir", type=Path, metavar="DIR", help="keep the data here and go on from it the next time")
    parser.add_argument("--json", action="store_true", help="print the addresses as one JSON line when it answers")
    parser.add_argument("--ghost", type=Path, metavar="EXPORT", help="show a paper exported from Ghost instead of ours")
    parser.add_argument("--ghost-members", type=Path, metavar="CSV", help="its members, as Ghost exports them")
    parser.add_argument("--ghost-images", type=Path, metavar="DIR", help="its pictures: Ghost's content folder")
    parser.add_argument(
        "--ghost-routes", type=Path, metavar="FILE", help="its routes.yaml, if its addresses are its own"
    )


def run(args: argparse.Namespace) -> int:
    """Run the demo until it is stopped."""
    from masthead.ops.demo import run as run_demo

    given = (args.ghost, args.ghost_members, args.ghost_images, args.ghost_routes)
    missing = [str(path) for path in given if path and not path.exists()]
    if missing or (args.ghost is None and any(given)):
        wrong = f"there is no {missing[0]}" if missing else "the other --ghost options need --ghost EXPORT"
        print(f"masthead: {wrong}.", file=sys.stderr)
        return 2
    paper = ghost_words(*given) if args.ghost else []
    code: int = run_demo(
        port=args.port, folder=args.dir.resolve() if args.dir else None, as_json=args.json, paper=paper
    )
    return code


def ghost_words(export: Path, members: Path | None, images: Path | None, routes: Path | None) -> list[str]:
    """Return what the import of Ghost is told on its command line."""
    words = [str(export.resolve())] + ([str(members.resolve())] if members else [])
    words += ["--images", str(images.resolve())] if images else []
    return words + (["--routes", str(routes.resolve())] if routes else [])
