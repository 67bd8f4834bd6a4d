"""The `masthead` command: finds the part that was asked for and says in one line what went wrong."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from masthead import __version__
from masthead.commands import COMMANDS, Refused
from masthead.core.config import ConfigError


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command named in `argv` and exit with its code: 0 done, 1 failed, 2 refused with one line on stderr."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        sys.exit(_run(arguments))
    except (Refused, ConfigError) as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(arguments: list[str]) -> int:
    args = _parser(arguments).parse_args(arguments)
    code: int = args.run(args)
    return code


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    """Build the parser, loading only the command that was asked for, so that the others cost nothing."""
    parser = argparse.ArgumentParser(
        prog="masthead", description="Runs a news publication that lives from its readers."
    )
    parser.add_argument("--version", action="version", version=f"masthead {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    asked = next((word for word in arguments if not word.startswith("-")), "")
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name == asked:
            module = import_module(
                f"masthead.commands.{name}_command" if name == "import" else f"masthead.commands.{name}"
            )
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
