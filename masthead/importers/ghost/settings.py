"""Settings of Ghost as those of the publication."""

from masthead.importers.ghost.run import Run


def bring_settings(run: Run) -> None:
    """Bring in the settings of the publication."""
