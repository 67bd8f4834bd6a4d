"""`masthead demo`: a publication to click through."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, a folder to keep, and whether to print JSON."""
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port to answer at (default: 8000)")
    parser.add_argument("--dir", type=Path, metavar="DIR", help="keep the data here and go on from it the next time")
    parser.add_argument("--json", action="store_true", help="print the addresses as one JSON line when it answers")


def run(args: argparse.Namespace) -> int:
    """Run the demo until it is stopped."""
    from masthead.ops.demo import run as run_demo

    code: int = run_demo(port=args.port, folder=args.dir.resolve() if args.dir else None, as_json=args.json)
    return code
