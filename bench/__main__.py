"""Run measurements: python -m bench [NAME ...]; all of them where none is named."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import first_page, ghost, importing, memory, pages, serving
from bench.ground import Ground
from bench.running import Failed

MEASUREMENTS: dict[str, tuple[Callable[[Ground], None], str]] = {
    "first-page": (first_page.measure, "seconds from `masthead demo` to the first page"),
    "memory": (memory.measure, "memory of the process tree, at rest and after requests"),
    "serving": (serving.measure, "requests per second of a post, beside a static file"),
    "importing": (importing.measure, "posts per second of `masthead import markdown`"),
    "ghost": (ghost.measure, "posts and members per second of `masthead import ghost`, and where the time goes"),
    "pages": (pages.measure, "milliseconds and queries of the main pages"),
}


def main() -> int:
    """Run what was asked for, one after the other, in a temporary folder that is removed at the end."""
    args = _parser().parse_intermixed_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    names = args.names or list(MEASUREMENTS)
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as root:
        _keep_bytecode(Path(root))
        ground = Ground(Path(root), posts=args.posts)
        try:
            for name in names:
                MEASUREMENTS[name][0](ground)
        except Failed as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    return 0


def _keep_bytecode(root: Path) -> None:
    """Let processes find compiled modules, as where Masthead is installed, whatever this shell says; they go too."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(root / "bytecode")


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<12}{about}" for name, (_, about) in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures and prints a table each. It knows these names:\n" + listed,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", type=_known, metavar="NAME", help="what to measure (default: everything)")
    parser.add_argument("--posts", type=_number, default=1000, metavar="N", help="posts to import (default: 1000)")
    return parser


def _known(name: str) -> str:
    if name not in MEASUREMENTS:
        raise argparse.ArgumentTypeError(f"there is no {name!r}; there are {', '.join(MEASUREMENTS)}")
    return name


def _number(text: str) -> int:
    number = int(text)
    if number < 30:
        raise argparse.ArgumentTypeError("at least 30, so that there is a post of each kind on each page")
    return number


if __name__ == "__main__":
    sys.exit(main())
