"""Tags of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_tags(run: Run) -> None:
    """Bring in every tag, internal ones too."""
