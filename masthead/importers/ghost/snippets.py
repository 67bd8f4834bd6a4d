"""Snippets of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_snippets(run: Run) -> None:
    """Bring in every snippet."""
