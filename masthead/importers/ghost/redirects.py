"""Redirects of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_redirects(run: Run) -> None:
    """Bring in the redirects of the site."""
