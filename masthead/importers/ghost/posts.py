"""Posts and pages of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_posts(run: Run) -> None:
    """Bring in every post."""


def bring_pages(run: Run) -> None:
    """Bring in every page."""
