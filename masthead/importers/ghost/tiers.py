"""Products of Ghost as our tiers."""

from masthead.importers.ghost.run import Run


def bring_tiers(run: Run) -> None:
    """Bring in every tier, its benefits and prices."""
