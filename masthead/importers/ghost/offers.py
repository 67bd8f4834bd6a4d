"""Offers of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_offers(run: Run) -> None:
    """Bring in every offer."""
