"""Newsletters of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_newsletters(run: Run) -> None:
    """Bring in every newsletter."""
