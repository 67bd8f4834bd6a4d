"""Members of Ghost as ours."""

from masthead.importers.ghost.run import Run


def bring_members(run: Run) -> None:
    """Bring in every member of the list, and of the export."""
