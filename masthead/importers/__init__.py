"""Bringing a publication in from elsewhere; `KINDS` names what `masthead import` offers."""

from typing import Final

# Each kind is a module with `ABOUT`, `add_arguments(parser)` and `run(args) -> int` (exit code).
KINDS: Final[dict[str, str]] = {
    "ghost": "masthead.importers.ghost.command",
    "markdown": "masthead.importers.markdown.command",
}
